using System.Globalization;
using System.Text;
using System.Text.Json;

namespace PairUni.Cli.Report;

/// <summary>Lines over steps as one inline SVG with a legend; the script adds a hover box from the figure's data.</summary>
internal sealed class LineChart
{
    private const double Left = 46;

    /// <summary>Heading of the figure.</summary>
    public required string Title { get; init; }

    /// <summary>One sentence under the heading; empty for none.</summary>
    public string Note { get; init; } = "";

    public required IReadOnlyList<int> Steps { get; init; }

    public required IReadOnlyList<ChartSeries> Series { get; init; }

    /// <summary>Values are shares of one, written as percent.</summary>
    public bool Percent { get; init; }

    /// <summary>The vertical axis includes zero.</summary>
    public bool FromZero { get; init; }

    /// <summary>Units of the drawing; about the pixels it is shown at, so that letters keep their size.</summary>
    public double Width { get; init; } = 380;

    public double Height { get; init; } = 210;

    private double Right => Width - 10;

    public string Svg()
    {
        var values = Series.SelectMany(s => s.Values.Concat(s.Intervals?.SelectMany(i => new[] { i.Low, i.High }) ?? [])).Where(double.IsFinite).ToArray();
        if (values.Length == 0 || Steps.Count == 0)
            return "";
        var low = FromZero ? Math.Min(0, values.Min()) : values.Min();
        var y = new Scale(low, values.Max(), Height - 28, 10);
        var x = new Scale(Steps[0], Math.Max(Steps[^1], Steps[0] + 1), Left + (Series.Any(s => s.Intervals is not null) ? 8 : 0), Right - 6, 5, round: false);
        var svg = new StringBuilder();
        svg.Append(CultureInfo.InvariantCulture, $"<svg viewBox=\"0 0 {Width} {Height}\" role=\"img\" aria-label=\"{Html.Text(Title)}\">");
        Axes(svg, x, y);
        foreach (var (index, series) in Series.Index())
            Draw(svg, series, x, y, series.Intervals is null ? 0 : (index - (Series.Count - 1) / 2.0) * 7);
        svg.Append("</svg>");
        return Figure(svg.ToString(), x);
    }

    private void Axes(StringBuilder svg, Scale x, Scale y)
    {
        foreach (var tick in y.Ticks)
        {
            svg.Append(CultureInfo.InvariantCulture, $"<line class=\"grid\" x1=\"{Left}\" x2=\"{Right}\" y1=\"{y.Pixel(tick):0.#}\" y2=\"{y.Pixel(tick):0.#}\"/>");
            svg.Append(CultureInfo.InvariantCulture, $"<text class=\"tick\" x=\"{Left - 6}\" y=\"{y.Pixel(tick) + 4:0.#}\" text-anchor=\"end\">{Tick(tick)}</text>");
        }

        foreach (var tick in x.Ticks.Where(t => t == Math.Floor(t)).Prepend(Steps[0]).Distinct())
            svg.Append(CultureInfo.InvariantCulture, $"<text class=\"tick\" x=\"{x.Pixel(tick):0.#}\" y=\"{Height - 10}\" text-anchor=\"middle\">{tick:0}</text>");
    }

    private void Draw(StringBuilder svg, ChartSeries series, Scale x, Scale y, double aside)
    {
        if (series.Smooth)
        {
            svg.Append(Path(series.Values, x, y, "raw " + series.Colour));
            svg.Append(Path(Smoothing.Of(series.Values, Smoothing.SpanFor(Steps.Count)), x, y, "line " + series.Colour));
        }
        else
        {
            svg.Append(Path(series.Values, x, y, "line " + series.Colour, aside));
        }

        for (var i = 0; i < Steps.Count; i++)
        {
            if (!double.IsFinite(series.Values[i]))
                continue;
            var (px, py) = (x.Pixel(Steps[i]) + aside, y.Pixel(series.Values[i]));
            if (series.Intervals is { } intervals)
                svg.Append(CultureInfo.InvariantCulture, $"<line class=\"whisker {series.Colour}\" x1=\"{px:0.#}\" x2=\"{px:0.#}\" y1=\"{y.Pixel(intervals[i].Low):0.#}\" y2=\"{y.Pixel(intervals[i].High):0.#}\"/>");
            if (series.Dots)
                svg.Append(CultureInfo.InvariantCulture, $"<circle class=\"dot {series.Colour}\" cx=\"{px:0.#}\" cy=\"{py:0.#}\" r=\"4\"/>");
        }
    }

    private string Path(IReadOnlyList<double> values, Scale x, Scale y, string style, double aside = 0)
    {
        var path = new StringBuilder();
        var pen = 'M';
        for (var i = 0; i < values.Count; i++)
        {
            if (!double.IsFinite(values[i]))
            {
                pen = 'M';
                continue;
            }

            path.Append(CultureInfo.InvariantCulture, $"{pen}{x.Pixel(Steps[i]) + aside:0.#} {y.Pixel(values[i]):0.#}");
            // A value between two gaps is a line of no length, which its round ends make a dot.
            if (pen == 'M' && (i == values.Count - 1 || !double.IsFinite(values[i + 1])))
                path.Append("h0");
            pen = 'L';
        }

        return $"<path class=\"{style}\" d=\"{path}\"/>";
    }

    private string Figure(string svg, Scale x)
    {
        var data = JsonSerializer.Serialize(new
        {
            w = Width,
            h = Height,
            x = Steps,
            px = Steps.Select(s => Math.Round(x.Pixel(s), 1)),
            s = Series.Select(s => new { n = s.Name, c = s.Colour, v = s.Values.Select(Value) }),
        });
        var legend = Series.Count > 1
            ? string.Concat(Series.Select(s => $"<span class=\"key {s.Colour}\">{Html.Text(s.Name)}</span>"))
            : "";
        var note = Note.Length == 0 ? "" : $"<p>{Html.Text(Note)}</p>";
        return $"<figure class=\"chart\" data-chart=\"{Html.Text(data)}\"><figcaption><b>{Html.Text(Title)}</b>{legend}{note}</figcaption>{svg}</figure>";
    }

    private string Value(double value) => Percent ? Html.Percent(value) : Html.Number(value);

    private string Tick(double value) => Percent ? Html.Number(100 * value) + " %" : Html.Number(value);
}
