using MessagePack;

namespace PairUni.Contracts;

/// <summary>How a run stands.</summary>
[MessagePackObject]
public sealed record RunStatus
{
    [Key(0)]
    public required RunPhase Phase { get; init; }

    /// <summary>Steps done.</summary>
    [Key(1)]
    public required int Version { get; init; }

    [Key(2)]
    public required int MaxSteps { get; init; }

    /// <summary>Groups that nobody works on.</summary>
    [Key(3)]
    public required int Open { get; init; }

    /// <summary>Groups that workers hold.</summary>
    [Key(4)]
    public required int Leased { get; init; }

    /// <summary>Groups of open steps that the learner holds or that are dropped.</summary>
    [Key(5)]
    public required int Settled { get; init; }

    /// <summary>Workers that are at work or asked lately.</summary>
    [Key(6)]
    public required string[] Workers { get; init; }

    /// <summary>Why the run failed; empty otherwise.</summary>
    [Key(7)]
    public required string Error { get; init; }

    /// <summary>Whether the failure is one that the person can mend (a full disk, a bad file).</summary>
    [Key(8)]
    public required bool UserError { get; init; }

    /// <summary>The same workers with what they do, and those that get no work.</summary>
    [Key(9)]
    public required WorkerEntry[] WorkerEntries { get; init; }

    /// <summary>Whether no group is handed out because a person said so.</summary>
    [Key(10)]
    public required bool Paused { get; init; }

    /// <summary>What is not right but does not end the run; empty for nothing.</summary>
    [Key(11)]
    public required string Warning { get; init; }
}
