using PairUni.Cli.RunFiles;

namespace PairUni.Cli.Report;

/// <summary>Where a step's seconds go: waiting for groups, learning, publishing.</summary>
internal static class TimeSection
{
    public static string Of(RunRecord run)
    {
        if (run.Metrics.Column("time/step") is not { } step)
            return "";
        var parts = run.Metrics.Names.Where(n => n.StartsWith("time/", StringComparison.Ordinal) && n != "time/step")
            .OrderBy(Order).ThenBy(n => n, StringComparer.Ordinal).ToArray();
        var layers = parts.Select((n, i) => new ChartSeries(Name(n), $"t{i % 5}", [.. run.Metrics.Column(n)!.Select(Seconds)])).ToList();
        layers.Add(new ChartSeries(parts.Contains("time/train") ? "rest" : "learn and rest", "t5", [.. step.Select((s, i) => Math.Max(0, Seconds(s) - layers.Sum(l => l.Values[i])))]));
        var speeds = string.Concat(run.Metrics.Names.Where(n => n.StartsWith("perf/", StringComparison.Ordinal)).Select(n => $"<li><b>{Html.Number(Median(run.Metrics.Column(n)!))}</b> {Html.Words(n["perf/".Length..])}</li>"));
        return $"<section><h2>Time</h2><ul class=\"speeds\"><li><b>{Html.Number(Median(step))} s</b> a step</li>{speeds}<li class=\"quiet\">medians</li></ul>"
            + new StackedChart { Title = "Seconds of each step", Steps = run.Metrics.Steps, Layers = layers }.Svg() + "</section>";
    }

    private static double Seconds(double value) => double.IsFinite(value) ? Math.Max(0, value) : 0;

    private static int Order(string name) => name switch { "time/wait_for_batch" => 0, "time/train" => 1, "time/publish" => 2, _ => 3 };

    private static string Name(string metric) => metric["time/".Length..].Replace('_', ' ');

    private static double Median(IReadOnlyList<double> values)
    {
        var sorted = values.Where(double.IsFinite).Order().ToArray();
        return sorted.Length % 2 == 1 ? sorted[sorted.Length / 2] : (sorted[sorted.Length / 2 - 1] + sorted[sorted.Length / 2]) / 2;
    }
}
