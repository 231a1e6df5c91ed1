using System.Globalization;
using System.Text;
using System.Text.Json;

namespace PairUni.Cli.Report;

/// <summary>Parts of a whole, stacked over steps, as one inline SVG in the manner of <see cref="LineChart"/>.</summary>
internal sealed class StackedChart
{
    private const double Width = 820;
    private const double Height = 190;
    private const double Left = 46;
    private const double Right = 812;

    public required string Title { get; init; }

    public required IReadOnlyList<int> Steps { get; init; }

    /// <summary>Layers from the bottom up; all values at least zero.</summary>
    public required IReadOnlyList<ChartSeries> Layers { get; init; }

    public string Svg()
    {
        if (Steps.Count < 2)
            return "";
        var tops = new double[Steps.Count];
        var y = new Scale(0, Enumerable.Range(0, Steps.Count).Max(i => Layers.Sum(l => l.Values[i])), Height - 26, 8, 3);
        var x = new Scale(Steps[0], Steps[^1], Left, Right, 8, round: false);
        var svg = new StringBuilder();
        svg.Append(CultureInfo.InvariantCulture, $"<svg viewBox=\"0 0 {Width} {Height}\" role=\"img\" aria-label=\"{Html.Text(Title)}\">");
        foreach (var tick in y.Ticks)
        {
            svg.Append(CultureInfo.InvariantCulture, $"<line class=\"grid\" x1=\"{Left}\" x2=\"{Right}\" y1=\"{y.Pixel(tick):0.#}\" y2=\"{y.Pixel(tick):0.#}\"/>");
            svg.Append(CultureInfo.InvariantCulture, $"<text class=\"tick\" x=\"{Left - 6}\" y=\"{y.Pixel(tick) + 4:0.#}\" text-anchor=\"end\">{Html.Number(tick)} s</text>");
        }

        foreach (var tick in x.Ticks.Where(t => t == Math.Floor(t)).Prepend(Steps[0]).Distinct())
            svg.Append(CultureInfo.InvariantCulture, $"<text class=\"tick\" x=\"{x.Pixel(tick):0.#}\" y=\"{Height - 8}\" text-anchor=\"middle\">{tick:0}</text>");
        foreach (var layer in Layers)
        {
            var bottoms = (double[])tops.Clone();
            for (var i = 0; i < tops.Length; i++)
                tops[i] += layer.Values[i];
            var path = new StringBuilder("M");
            for (var i = 0; i < tops.Length; i++)
                path.Append(CultureInfo.InvariantCulture, $"{x.Pixel(Steps[i]):0.#} {y.Pixel(tops[i]):0.#} ");
            for (var i = tops.Length - 1; i >= 0; i--)
                path.Append(CultureInfo.InvariantCulture, $"{x.Pixel(Steps[i]):0.#} {y.Pixel(bottoms[i]):0.#} ");
            svg.Append($"<path class=\"layer {layer.Colour}\" d=\"{path}Z\"/>");
        }

        svg.Append("</svg>");
        var data = JsonSerializer.Serialize(new
        {
            w = Width,
            h = Height,
            x = Steps,
            px = Steps.Select(s => Math.Round(x.Pixel(s), 1)),
            s = Layers.Reverse().Select(l => new { n = l.Name, c = l.Colour, v = l.Values.Select(v => Html.Number(v) + " s") }),
        });
        var legend = string.Concat(Layers.Select(l => $"<span class=\"key {l.Colour}\">{Html.Text(l.Name)}</span>"));
        return $"<figure class=\"chart wide\" data-chart=\"{Html.Text(data)}\"><figcaption><b>{Html.Text(Title)}</b>{legend}</figcaption><div class=\"scroll\">{svg}</div></figure>";
    }
}
