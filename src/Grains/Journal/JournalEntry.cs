using PairUni.Contracts;

namespace PairUni.Grains;

/// <summary>One line of the journal.</summary>
public sealed record JournalEntry
{
    public required JournalKind Kind { get; init; }

    public required string Run { get; init; }

    /// <summary>The group that it is about; absent for workers and versions.</summary>
    public GroupKey? Key { get; init; }

    /// <summary>The worker that did it; absent for the run and the learner.</summary>
    public string? Worker { get; init; }

    /// <summary>Version of the weights: held by the worker, made by the step, published or restored.</summary>
    public int? Version { get; init; }

    public long? Lease { get; init; }

    /// <summary>Digest of the weights, hexadecimal: published or verified.</summary>
    public string? Digest { get; init; }

    /// <summary>
    /// Which activation of the learner it belongs to; a later one has a greater number. Absent where there is only one process.
    /// </summary>
    public long? Epoch { get; init; }

    /// <summary>Why, in words.</summary>
    public string? Reason { get; init; }
}
