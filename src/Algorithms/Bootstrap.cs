namespace PairUni.Algorithms;

/// <summary>Percentile bootstrap (Efron 1979): how much a mean would move if other units had been drawn.</summary>
public static class Bootstrap
{
    /// <summary>Interval of a plain mean.</summary>
    /// <param name="units">Independent units, e.g. one number per prompt: samples of one prompt are not independent, average them first.</param>
    /// <param name="seed">Same seed, same interval.</param>
    /// <param name="confidence">Coverage, between 0 and 1.</param>
    /// <param name="resamples">Draws; the ends are percentiles of these.</param>
    public static ConfidenceInterval Mean(IReadOnlyList<double> units, ulong seed, double confidence = 0.95, int resamples = 2000) =>
        MeanOfMeans([units], seed, confidence, resamples);

    /// <summary>Interval of the unweighted mean of the strata's means (GenEval's overall), resampling inside each stratum; empty strata are left out.</summary>
    public static ConfidenceInterval MeanOfMeans(
        IReadOnlyList<IReadOnlyList<double>> strata, ulong seed, double confidence = 0.95, int resamples = 2000)
    {
        double[][] present = [.. strata.Where(s => s.Count > 0).Select(s => s.ToArray())];
        if (present.Length == 0) return new(double.NaN, double.NaN, double.NaN);

        var random = new SplitMix64(seed);
        var draws = new double[resamples];
        for (var d = 0; d < resamples; d++)
        {
            var total = 0.0;
            foreach (var stratum in present)
            {
                var sum = 0.0;
                for (var i = 0; i < stratum.Length; i++) sum += stratum[random.Next(stratum.Length)];
                total += sum / stratum.Length;
            }

            draws[d] = total / present.Length;
        }

        Array.Sort(draws);
        var tail = (1 - confidence) / 2;
        return new(present.Average(s => s.Average()), Percentile(draws, tail), Percentile(draws, 1 - tail));
    }

    private static double Percentile(double[] sorted, double share)
    {
        var at = share * (sorted.Length - 1);
        var below = (int)at;
        var above = Math.Min(below + 1, sorted.Length - 1);
        return sorted[below] + ((at - below) * (sorted[above] - sorted[below]));
    }
}
