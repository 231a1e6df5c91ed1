namespace PairUni.Silo;

/// <summary>What a journal proves.</summary>
public sealed record JournalReport
{
    /// <summary>Rules that are broken, one sentence each with the line; none when all hold.</summary>
    public required IReadOnlyList<string> Findings { get; init; }

    public required int Lines { get; init; }

    /// <summary>Groups planned, each counted once.</summary>
    public required int Planned { get; init; }

    /// <summary>Groups trained, in the history that counts.</summary>
    public required int Trained { get; init; }

    /// <summary>Groups dropped with a reason, in the history that counts.</summary>
    public required int Dropped { get; init; }

    /// <summary>Groups of steps that were never finished: the run was stopped or killed.</summary>
    public required int Open { get; init; }

    /// <summary>The last version that counts.</summary>
    public required int Version { get; init; }

    /// <summary>Versions that a trained group was behind at most.</summary>
    public required int MaxLag { get; init; }

    /// <summary>Workers that took part.</summary>
    public required int Workers { get; init; }

    /// <summary>Times that a worker left or its lease ran out.</summary>
    public required int Departures { get; init; }
}
