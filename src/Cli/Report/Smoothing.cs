namespace PairUni.Cli.Report;

/// <summary>Exponential moving average without the pull towards zero at the start (Adam's bias correction).</summary>
internal static class Smoothing
{
    /// <param name="values">Raw values; NaN is passed over.</param>
    /// <param name="span">Steps over which a value loses about two thirds of its weight.</param>
    public static double[] Of(IReadOnlyList<double> values, double span)
    {
        var keep = 1 - 1 / Math.Max(1, span);
        var (sum, weight) = (0.0, 0.0);
        var smooth = new double[values.Count];
        for (var i = 0; i < smooth.Length; i++)
        {
            if (double.IsFinite(values[i]))
                (sum, weight) = (keep * sum + values[i], keep * weight + 1);
            smooth[i] = weight == 0 ? double.NaN : sum / weight;
        }

        return smooth;
    }

    /// <summary>A span that shows the trend of a run of this length: a tenth of it, from 3 to 40 steps.</summary>
    public static double SpanFor(int steps) => Math.Clamp(steps / 10.0, 3, 40);
}
