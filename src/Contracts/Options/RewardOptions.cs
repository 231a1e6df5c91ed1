namespace PairUni.Contracts.Options;

/// <summary>How groups are scored: the weighted sum of the parts, each part also reported alone.</summary>
public sealed record RewardOptions
{
    /// <summary>Rewards of generated images.</summary>
    public IReadOnlyList<RewardPartOptions> Generate { get; init; } = [new() { Name = "shapes", Mode = "strict" }];

    /// <summary>Rewards of answers.</summary>
    public IReadOnlyList<RewardPartOptions> Understand { get; init; } = [new() { Name = "answer" }];
}
