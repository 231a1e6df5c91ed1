namespace PairUni.Cli.Report;

/// <summary>One line or row of points in a chart.</summary>
/// <param name="Name">As the legend and the hover box call it.</param>
/// <param name="Colour">Class of the colour: c1 drawing, c2 answering, c3 and c4 others.</param>
/// <param name="Values">One value per x; NaN leaves a gap.</param>
internal sealed record ChartSeries(string Name, string Colour, IReadOnlyList<double> Values)
{
    /// <summary>Interval of each value, drawn as a whisker; null for none.</summary>
    public IReadOnlyList<(double Low, double High)>? Intervals { get; init; }

    /// <summary>Draws the values faint and a smoothed line over them.</summary>
    public bool Smooth { get; init; }

    /// <summary>Draws a dot on every value.</summary>
    public bool Dots { get; init; }
}
