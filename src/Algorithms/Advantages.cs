namespace PairUni.Algorithms;

/// <summary>Group-relative advantages: (reward - group mean) / (sample standard deviation + 1e-4), per task (GRPO; Shao et al. 2024).</summary>
public static class Advantages
{
    /// <summary>Added to the standard deviation, so that a group of equal rewards divides by something.</summary>
    public const double Epsilon = 1e-4;

    /// <summary>Advantages of one group scaled by its own deviation.</summary>
    /// <param name="rewards">[G], G at least 2.</param>
    public static double[] OfGroup(IReadOnlyList<float> rewards) => Compute([rewards], ScaleRewards.Group)[0];

    /// <summary>Advantages of every group of one task; a group of equal rewards gets exact zeros.</summary>
    /// <param name="groups">Rewards [groups][G] of ONE task: rewards of different tasks live on different scales.</param>
    /// <param name="scale">What to divide by.</param>
    /// <exception cref="ArgumentException">A group has fewer than two rewards, or one that is not finite.</exception>
    public static double[][] Compute(IReadOnlyList<IReadOnlyList<float>> groups, ScaleRewards scale)
    {
        foreach (var group in groups) Check(group);
        var batchDeviation = scale == ScaleRewards.Batch ? Deviation([.. groups.SelectMany(g => g)]) : 0;

        var advantages = new double[groups.Count][];
        for (var g = 0; g < groups.Count; g++)
        {
            var rewards = groups[g];
            var mean = Mean(rewards);
            var divisor = scale switch
            {
                ScaleRewards.Group => Deviation(rewards) + Epsilon,
                ScaleRewards.Batch => batchDeviation + Epsilon,
                ScaleRewards.None => 1,
                _ => throw new ArgumentOutOfRangeException(nameof(scale), scale, "not a reward scaling"),
            };
            advantages[g] = [.. rewards.Select(r => (r - mean) / divisor)];
        }

        return advantages;
    }

    // Floats summed in double: equal rewards give a mean that equals them exactly, hence exact zeros.
    internal static double Mean(IReadOnlyList<float> values) => values.Sum(v => (double)v) / values.Count;

    internal static double Deviation(IReadOnlyList<float> values)
    {
        if (values.Count < 2) return 0;
        var mean = Mean(values);
        return Math.Sqrt(values.Sum(v => (v - mean) * (v - mean)) / (values.Count - 1));
    }

    private static void Check(IReadOnlyList<float> group)
    {
        if (group.Count < 2)
            throw new ArgumentException($"A group has {group.Count} reward(s); comparing within a group needs at least 2.");
        if (group.Any(r => !float.IsFinite(r)))
            throw new ArgumentException($"A group has a reward that is not finite: [{string.Join(", ", group)}].");
    }
}
