namespace PairUni.Cli.Bench;

/// <summary>Lets two sides take turns, so that whatever else the machine does hits both alike.</summary>
internal static class Interleaved
{
    /// <summary>The median of each side's rounds.</summary>
    /// <inheritdoc cref="Rounds"/>
    public static async Task<(double Ours, double? Baseline)> Run(int rounds, int warmUps, Func<Task<double>> ours, Func<Task<double>>? baseline)
    {
        var (left, right) = await Rounds(rounds, warmUps, ours, baseline);
        return (Median(left), right is null ? null : Median(right));
    }

    /// <summary>The figures of all rounds that count, in order.</summary>
    /// <param name="rounds">Rounds of each side that count.</param>
    /// <param name="warmUps">Rounds of each side before those.</param>
    /// <param name="ours">One round of ours; returns its figure.</param>
    /// <param name="baseline">One round of the baseline; null when there is none.</param>
    public static async Task<(double[] Ours, double[]? Baseline)> Rounds(int rounds, int warmUps, Func<Task<double>> ours, Func<Task<double>>? baseline)
    {
        var (left, right) = (new List<double>(), new List<double>());
        for (var round = 0; round < rounds + warmUps; round++)
        {
            left.Add(await ours());
            if (baseline is not null)
                right.Add(await baseline());
        }

        return ([.. left.Skip(warmUps)], baseline is null ? null : [.. right.Skip(warmUps)]);
    }

    public static double Median(IEnumerable<double> values)
    {
        var sorted = values.Order().ToArray();
        return (sorted[(sorted.Length - 1) / 2] + sorted[sorted.Length / 2]) / 2;
    }
}
