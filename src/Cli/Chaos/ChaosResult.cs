using PairUni.Silo;

namespace PairUni.Cli.Chaos;

/// <summary>What one chaos run came to.</summary>
internal sealed record ChaosResult
{
    public required int Seed { get; init; }

    /// <summary>The faults that began, and when.</summary>
    public required IReadOnlyList<(Fault Fault, DateTimeOffset At)> Faults { get; init; }

    /// <summary>What the journal proves.</summary>
    public required JournalReport Journal { get; init; }

    /// <summary>The journal's lines with their moments.</summary>
    public required JournalTimeline Timeline { get; init; }

    /// <summary>The run beside the undisturbed one.</summary>
    public required RunComparison Comparison { get; init; }

    /// <summary>Longest time that any command of a person took.</summary>
    public required TimeSpan LongestCommand { get; init; }

    /// <summary>What must not have happened; nothing when the run held.</summary>
    public required IReadOnlyList<string> Findings { get; init; }

    /// <summary>Groups trained twice in the history that counts.</summary>
    public int Twice => Journal.Findings.Count(f => f.Rule == JournalRule.TrainedOnce);
}
