namespace PairUni.Cli.Bench;

/// <summary>Lets two sides take turns, so that whatever else the machine does hits both alike, and takes each side's median.</summary>
internal static class Interleaved
{
    /// <param name="rounds">Rounds of each side that count.</param>
    /// <param name="warmUps">Rounds of each side before those.</param>
    /// <param name="ours">One round of ours; returns its figure.</param>
    /// <param name="baseline">One round of the baseline; null when there is none.</param>
    public static async Task<(double Ours, double? Baseline)> Run(int rounds, int warmUps, Func<Task<double>> ours, Func<Task<double>>? baseline)
    {
        var (left, right) = (new List<double>(), new List<double>());
        for (var round = 0; round < rounds + warmUps; round++)
        {
            left.Add(await ours());
            if (baseline is not null)
                right.Add(await baseline());
        }

        return (Median(left.Skip(warmUps)), baseline is null ? null : Median(right.Skip(warmUps)));
    }

    public static double Median(IEnumerable<double> values)
    {
        var sorted = values.Order().ToArray();
        return (sorted[(sorted.Length - 1) / 2] + sorted[sorted.Length / 2]) / 2;
    }
}
