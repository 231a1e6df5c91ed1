namespace PairUni.Cli.Report;

/// <summary>A linear axis: data range to pixels, with round tick values.</summary>
internal sealed class Scale
{
    private readonly double _low;
    private readonly double _high;
    private readonly double _from;
    private readonly double _to;

    /// <param name="low">Smallest value that must fit.</param>
    /// <param name="high">Largest value that must fit.</param>
    /// <param name="from">Pixel of the low end.</param>
    /// <param name="to">Pixel of the high end.</param>
    /// <param name="ticks">About how many ticks.</param>
    /// <param name="round">Whether the ends move out to the next tick.</param>
    public Scale(double low, double high, double from, double to, int ticks = 4, bool round = true)
    {
        if (high - low < 1e-12)
            (low, high) = low == 0 ? (0, 1) : (low - Math.Abs(low) * 0.1, high + Math.Abs(high) * 0.1);
        var step = Step((high - low) / ticks);
        _low = round ? Math.Floor(low / step + 1e-9) * step : low;
        _high = round ? Math.Ceiling(high / step - 1e-9) * step : high;
        (_from, _to) = (from, to);
        var first = (long)Math.Ceiling(_low / step - 1e-9);
        var last = (long)Math.Floor(_high / step + 1e-9);
        Ticks = [.. Enumerable.Range(0, (int)(last - first + 1)).Select(i => (first + i) * step)];
    }

    public IReadOnlyList<double> Ticks { get; }

    public double Pixel(double value) => _from + (value - _low) / (_high - _low) * (_to - _from);

    /// <summary>1, 2 or 5 times a power of ten, at or above the wanted step.</summary>
    private static double Step(double wanted)
    {
        var power = Math.Pow(10, Math.Floor(Math.Log10(wanted)));
        var factor = wanted / power;
        return power * (factor <= 1 ? 1 : factor <= 2 ? 2 : factor <= 5 ? 5 : 10);
    }
}
