namespace PairUni.Algorithms;

/// <summary>How the rewards of a set of groups are spread.</summary>
/// <param name="Mean">Mean over all samples.</param>
/// <param name="Deviation">Mean over groups of the group's sample standard deviation: what GRPO divides by.</param>
/// <param name="ZeroDeviationFraction">Share of groups, 0..1, whose rewards are all equal and so teach nothing.</param>
public sealed record RewardStatistics(double Mean, double Deviation, double ZeroDeviationFraction)
{
    /// <summary>Statistics of rewards [groups][G]; all zero without groups.</summary>
    public static RewardStatistics Of(IReadOnlyList<IReadOnlyList<float>> groups)
    {
        if (groups.Count == 0) return new(0, 0, 0);
        var samples = groups.Sum(g => g.Count);
        return new(
            groups.Sum(g => g.Sum(r => (double)r)) / samples,
            groups.Sum(Advantages.Deviation) / groups.Count,
            (double)groups.Count(g => g.All(r => r == g[0])) / groups.Count);
    }
}
