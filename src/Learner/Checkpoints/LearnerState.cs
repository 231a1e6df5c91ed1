namespace PairUni.Learner.Checkpoints;

/// <summary>state.json: where a run stood, and the hashes of the other files of the checkpoint.</summary>
public sealed record LearnerState
{
    /// <summary>Steps finished.</summary>
    public required int Step { get; init; }

    /// <summary>Version of the policy.</summary>
    public required int Version { get; init; }

    /// <summary>The run's seed.</summary>
    public required ulong Seed { get; init; }

    /// <summary>Pairs taken from the data order so far.</summary>
    public required long DataPosition { get; init; }

    /// <summary>Hash of the resolved configuration, so that a resume with another one can say so.</summary>
    public required string ConfigHash { get; init; }

    /// <summary>SHA-256 in lower-case hex by file name; every other file of the checkpoint is listed.</summary>
    public IReadOnlyDictionary<string, string> Sha256 { get; init; } = new Dictionary<string, string>();
}
