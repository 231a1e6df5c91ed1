using System.Globalization;
using PairUni.Contracts;
using PairUni.Learner.Checkpoints;

namespace PairUni.Silo;

/// <summary>The folder of a run: where each of its files is. Held by one process at a time.</summary>
public sealed class RunFolder : IDisposable
{
    private readonly FileStream? _lock;

    private RunFolder(string path, string name, FileStream? held)
    {
        (Path, Name, _lock) = (path, name, held);
        Checkpoints = new(In("checkpoints"));
    }

    public string Path { get; }

    /// <summary>Name of the run.</summary>
    public string Name { get; }

    public string ConfigFile => In("config.resolved.yaml");

    public string CommandFile => In("command.txt");

    public string MetricsFile => In("metrics.jsonl");

    public string JournalFile => In("journal.jsonl");

    public string ReportFile => In("report.html");

    public string TensorBoard => In("tb");

    public string Samples => In("samples");

    public string Logs => In("logs");

    /// <summary>The shapes world's pairs and held-out part, when the run draws its own.</summary>
    public string Data => In("data");

    /// <summary>State of the grains.</summary>
    public string GrainState => In("state/grains");

    /// <summary>Groups of open steps.</summary>
    public string Groups => In("state/groups");

    public CheckpointFolder Checkpoints { get; }

    /// <summary>The step of the last checkpoint: steps after it are done again on resume. 0 without one.</summary>
    public int CommittedStep => Checkpoints.Latest() is { } latest
        ? int.Parse(System.IO.Path.GetFileName(latest)["step-".Length..], CultureInfo.InvariantCulture)
        : 0;

    /// <summary>Makes or opens the folder of a run and keeps other processes out of it until disposed. What a run left that ended before its journal began is no run: it is begun again.</summary>
    /// <exception cref="UserErrorException">The name is taken or unknown, the folder is in use, or it cannot be written.</exception>
    public static RunFolder Open(string parent, string name, RunFolderMode mode)
    {
        var path = System.IO.Path.GetFullPath(System.IO.Path.Combine(parent, name));
        var exists = Directory.Exists(path) && Directory.EnumerateFileSystemEntries(path).Any();
        if (exists && !(IsRun(path) && !HasBegun(path)) && mode == RunFolderMode.New)
            throw new UserErrorException($"The run '{name}' exists already in {path}; choose another --name, or give --resume to go on or --overwrite to begin again.");
        if (!exists && mode == RunFolderMode.Resume)
            throw new UserErrorException($"There is no run '{name}' in {parent} to resume; check --name, or leave out --resume to begin it.");
        if (exists && mode == RunFolderMode.Overwrite && !IsRun(path))
            throw new UserErrorException($"{path} is not the folder of a run, so --overwrite leaves it alone; choose another --name.");
        try
        {
            return Open(path, name, clear: exists && mode != RunFolderMode.Resume);
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            throw new UserErrorException($"The run's folder {path} cannot be written: {fault.Message.TrimEnd('.')}; fix its permissions or choose another run.out.", fault);
        }
    }

    /// <summary>Opens the folder of a cluster's run, which several processes may have open: epochs and not a lock keep the old ones out.</summary>
    /// <exception cref="UserErrorException">It cannot be made.</exception>
    public static RunFolder Share(string parent, string name)
    {
        var path = System.IO.Path.GetFullPath(System.IO.Path.Combine(parent, name));
        try
        {
            Directory.CreateDirectory(path);
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            throw new UserErrorException($"The run's folder {path} cannot be made: {fault.Message.TrimEnd('.')}; fix its permissions or give the learner silos another --out.", fault);
        }

        return new(path, name, null);
    }

    public void Dispose() => _lock?.Dispose();

    private static bool IsRun(string path) =>
        File.Exists(System.IO.Path.Combine(path, "run.lock")) || File.Exists(System.IO.Path.Combine(path, "config.resolved.yaml"));

    private static bool HasBegun(string path) => ((string[])["journal.jsonl", "metrics.jsonl", "checkpoints"]).Any(n => System.IO.Path.Exists(System.IO.Path.Combine(path, n)));

    private static RunFolder Open(string path, string name, bool clear)
    {
        Directory.CreateDirectory(path);
        var held = Hold(path);
        if (clear)
        {
            foreach (var folder in Directory.GetDirectories(path)) Directory.Delete(folder, recursive: true);
            foreach (var file in Directory.GetFiles(path).Where(f => f != held.Name)) File.Delete(file);
        }

        return new(path, name, held);
    }

    // The operating system lets go of the lock with the process, however that ends.
    private static FileStream Hold(string path)
    {
        try
        {
            return new(System.IO.Path.Combine(path, "run.lock"), FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
        }
        catch (IOException fault) when (File.Exists(System.IO.Path.Combine(path, "run.lock")))
        {
            throw new UserErrorException($"Another process is at work on the run in {path}; stop it first, or choose another --name.", fault);
        }
    }

    private string In(string name) => System.IO.Path.Combine(Path, name);
}
