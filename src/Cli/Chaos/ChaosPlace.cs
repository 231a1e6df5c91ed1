namespace PairUni.Cli.Chaos;

/// <summary>Where a chaos run keeps its things: everything of one run below one folder.</summary>
internal sealed record ChaosPlace(string Folder)
{
    /// <summary>Folder of the runs' folders.</summary>
    public string Runs => Path.Combine(Folder, "runs");

    /// <summary>What the silos wrote.</summary>
    public string Logs => Path.Combine(Folder, "logs");

    /// <summary>Redis' data.</summary>
    public string Redis => Path.Combine(Folder, "redis");

    /// <summary>The run's settings.</summary>
    public string Config => Path.Combine(Folder, "chaos.yaml");

    /// <summary>While this file exists, checkpoints find no space.</summary>
    public string FullDisk => Path.Combine(Folder, "full-disk");

    /// <summary>What happened when.</summary>
    public string Events => Path.Combine(Folder, "events.log");

    /// <summary>The folder of a run.</summary>
    public string Run(string name) => Path.Combine(Runs, name);

    /// <summary>A run's journal.</summary>
    public string Journal(string name) => Path.Combine(Run(name), "journal.jsonl");
}
