namespace PairUni.Data.Augmentation;

/// <summary>What an augmentation made and cost.</summary>
public sealed record AugmentReport
{
    /// <summary>The pool file that was written.</summary>
    public required string Path { get; init; }

    /// <summary>Where the answers are.</summary>
    public required string Log { get; init; }

    /// <summary>Number of samples in each state.</summary>
    public required IReadOnlyDictionary<SampleState, int> Samples { get; init; }

    /// <summary>Number of rejected samples of each kind.</summary>
    public required IReadOnlyDictionary<string, int> Rejected { get; init; }

    /// <summary>Why the last sample that was given up was.</summary>
    public required string GivenUp { get; init; }

    /// <summary>Answers that were paid for now.</summary>
    public required int Answered { get; init; }

    /// <summary>Answers that the log had.</summary>
    public required int FromLog { get; init; }

    /// <summary>Answers that never came now and may have been paid for.</summary>
    public required int Lost { get; init; }

    /// <summary>Tokens of all answers in the log.</summary>
    public required TokenCount Tokens { get; init; }

    /// <summary>What these cost.</summary>
    public required decimal Cost { get; init; }

    /// <summary>The budget ended it.</summary>
    public required bool BudgetReached { get; init; }

    /// <summary>The log's last line was not whole and was cut off.</summary>
    public required bool Torn { get; init; }

    public int Count(SampleState state) => Samples.GetValueOrDefault(state);
}
