namespace PairUni.Learner.Eval;

/// <summary>What one model scored on the held-out prompts and questions, item by item, so that two reports can be compared pair by pair.</summary>
public sealed record EvalReport
{
    /// <summary>Name of the suite: shapes.</summary>
    public required string Suite { get; init; }

    /// <summary>Model folder, or the run and step.</summary>
    public required string Model { get; init; }

    /// <summary>Seed from which every sample's seed derives; reports with equal seeds drew with the same random numbers.</summary>
    public required long Seed { get; init; }

    /// <summary>Share of images that pass, a tag a row, in the suite's order.</summary>
    public required IReadOnlyList<EvalScore> Generate { get; init; }

    /// <summary>Mean of the tags' means.</summary>
    public required EvalScore GenerateOverall { get; init; }

    /// <summary>As <see cref="Generate"/>, counting only images that show nothing else.</summary>
    public IReadOnlyList<EvalScore> GenerateStrict { get; init; } = [];

    /// <summary>As <see cref="GenerateOverall"/>, counting only images that show nothing else.</summary>
    public EvalScore GenerateStrictOverall { get; init; } = new("overall", 0, 0, 0, 0);

    /// <summary>Share of right answers, a tag a row.</summary>
    public required IReadOnlyList<EvalScore> Understand { get; init; }

    /// <summary>Share of right answers over all questions.</summary>
    public required EvalScore UnderstandOverall { get; init; }

    /// <summary>Every image, in the order of prompts, then samples.</summary>
    public required IReadOnlyList<EvalImage> Images { get; init; }

    /// <summary>Every answer, in the order of questions.</summary>
    public required IReadOnlyList<EvalAnswer> Answers { get; init; }

    /// <summary>Time the evaluation took, seconds.</summary>
    public double Seconds { get; init; }
}
