using PairUni.Contracts;

namespace PairUni.Silo;

/// <summary>What a journal proves.</summary>
public sealed record JournalReport
{
    /// <summary>What is broken, in the order of the lines; nothing when every rule holds.</summary>
    public required IReadOnlyList<JournalFinding> Findings { get; init; }

    public required int Lines { get; init; }

    /// <summary>Groups planned, each counted once.</summary>
    public required int Planned { get; init; }

    /// <summary>Groups trained, in the history that counts.</summary>
    public required IReadOnlySet<GroupKey> Trained { get; init; }

    /// <summary>Groups dropped with a reason, in the history that counts.</summary>
    public required int Dropped { get; init; }

    /// <summary>Groups of steps that were never finished: the run was stopped or killed.</summary>
    public required int Open { get; init; }

    /// <summary>The last version that counts.</summary>
    public required int Version { get; init; }

    /// <summary>Versions that a trained group was behind at most.</summary>
    public required int MaxLag { get; init; }

    /// <summary>Weights that workers verified, one for each worker and version.</summary>
    public required int Verified { get; init; }

    /// <summary>Times that the learner came up.</summary>
    public required int Restores { get; init; }

    /// <summary>Lines of an earlier activation of the learner that do not count.</summary>
    public required int Fenced { get; init; }

    /// <summary>Workers that took part.</summary>
    public required int Workers { get; init; }

    /// <summary>Times that a worker left or its lease ran out.</summary>
    public required int Departures { get; init; }
}
