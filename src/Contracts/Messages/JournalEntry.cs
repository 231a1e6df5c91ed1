using MessagePack;

namespace PairUni.Contracts;

/// <summary>One line of the journal.</summary>
[MessagePackObject]
public sealed record JournalEntry
{
    [Key(0)]
    public required JournalKind Kind { get; init; }

    [Key(1)]
    public required string Run { get; init; }

    /// <summary>The group that it is about; absent for workers and versions.</summary>
    [Key(2)]
    public GroupKey? Key { get; init; }

    /// <summary>The worker that did it; absent for the run and the learner.</summary>
    [Key(3)]
    public string? Worker { get; init; }

    /// <summary>Version of the weights: held by the worker, made by the step, published or restored.</summary>
    [Key(4)]
    public int? Version { get; init; }

    [Key(5)]
    public long? Lease { get; init; }

    /// <summary>Digest of the weights, hexadecimal: published or verified.</summary>
    [Key(6)]
    public string? Digest { get; init; }

    /// <summary>
    /// Of what a learner of a cluster writes (restored, offered, trained, dropped, published, committed): its epoch. Each learner of a run has a higher
    /// one than the learners before it; a line of a lower epoch than one above it is void, for a process wrote it that had been replaced.
    /// </summary>
    [Key(7)]
    public long? Epoch { get; init; }

    /// <summary>Why, in words.</summary>
    [Key(8)]
    public string? Reason { get; init; }
}
