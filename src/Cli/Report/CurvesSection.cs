using PairUni.Cli.RunFiles;

namespace PairUni.Cli.Report;

/// <summary>Training reward a task, smoothed over raw, and the held-out scores as points with intervals.</summary>
internal static class CurvesSection
{
    public static string Of(RunRecord run)
    {
        var charts = Reward(run, "generate/reward/mean", "Drawing: training reward", "c1")
            + Reward(run, "understand/reward/mean", "Answering: training reward", "c2")
            + HeldOut(run);
        return charts.Length == 0 ? "" : $"<section><h2>Learning curves</h2><div class=\"charts\">{charts}</div></section>";
    }

    private static string Reward(RunRecord run, string name, string title, string colour) =>
        run.Metrics.Column(name) is not { } values ? "" : new LineChart
        {
            Title = title,
            Note = "Mean reward of a step's groups, raw and smoothed",
            Steps = run.Metrics.Steps,
            Series = [new ChartSeries("reward", colour, values) { Smooth = true }],
        }.Svg();

    private static string HeldOut(RunRecord run) => run.Evals.Count == 0 ? "" : new LineChart
    {
        Title = "Held out",
        Note = "Whiskers: 95 % bootstrap intervals",
        Percent = true,
        Steps = [.. run.Evals.Select(e => e.Step)],
        Series =
        [
            Points("drawing", "c1", [.. run.Evals.Select(e => e.Report.GenerateOverall)]),
            Points("answering", "c2", [.. run.Evals.Select(e => e.Report.UnderstandOverall)]),
        ],
    }.Svg();

    private static ChartSeries Points(string name, string colour, IReadOnlyList<Learner.Eval.EvalScore> scores) =>
        new(name, colour, [.. scores.Select(s => s.Mean)]) { Dots = true, Intervals = [.. scores.Select(s => (s.Low, s.High))] };
}
