namespace PairUni.Learner.Eval;

/// <summary>How a suite is drawn and asked.</summary>
public sealed record EvalSettings
{
    /// <summary>Seed of all samples. Two evaluations with the same seed draw each prompt with the same random numbers.</summary>
    public ulong Seed { get; init; } = 1;

    /// <summary>Images drawn for each prompt.</summary>
    public int SamplesPerPrompt { get; init; } = 4;

    /// <summary>Temperature of image tokens; answers are greedy.</summary>
    public double Temperature { get; init; } = 1;

    /// <summary>Weight of classifier-free guidance.</summary>
    public double CfgWeight { get; init; } = 5;

    /// <summary>Most tokens of an answer.</summary>
    public int MaxNewTokens { get; init; } = 8;

    /// <summary>Prompts, or questions, that go through the model together. Part of what makes two evaluations comparable bit by bit.</summary>
    public int Batch { get; init; } = 8;

    /// <summary>Prompts of each tag, and questions of each tag, whose images are kept as PNG for a report.</summary>
    public int KeepPerTag { get; init; } = 4;
}
