using PairUni.Cli.RunFiles;

namespace PairUni.Cli.Report;

/// <summary>Title, verdict and one card a task.</summary>
internal static class HeadSection
{
    public static string Of(RunRecord run)
    {
        var started = run.Environment.FirstOrDefault(e => e.Key == "started").Value;
        var facts = string.Join(" \u00b7 ", new[] { $"{(run.Metrics.Steps.Count > 0 ? run.Metrics.Steps[^1] : 0)} steps", Duration(run), started }.Where(f => !string.IsNullOrEmpty(f)).Select(f => Html.Text(f!)));
        var cards = run.Evals.Count < 2 ? "" : Cards(run);
        return $"<header><p class=\"facts\">PairUni run \u00b7 {facts}</p><h1>{Html.Text(run.Name)}</h1><p class=\"verdict\">{Html.Text(Verdict.Of(run))}</p>{cards}</header>";
    }

    private static string Cards(RunRecord run)
    {
        var (before, after) = (run.Evals[0].Report, run.Evals[^1].Report);
        return "<div class=\"cards\">"
            + Card("Drawing", "held-out prompts whose image passes the judge, mean of the tags", "c1", Change.GenerateOverall(before, after))
            + Card("Answering", "held-out questions answered right", "c2", Change.UnderstandOverall(before, after))
            + "</div>";
    }

    private static string Card(string title, string note, string colour, Change change)
    {
        var direction = !change.IsClear ? "same" : change.Difference > 0 ? "up" : "down";
        return $"""
            <div class="card"><h3 class="key {colour}">{title}</h3>
            <p class="big"><span class="was">{Html.Percent(change.Before.Mean)}</span><span class="arrow" aria-label="to">{"\u2192"}</span><span>{Html.Percent(change.After.Mean)}</span></p>
            <p class="delta {direction}">{Html.Points(change.Difference)} points <span>95 % interval {Html.Points(change.Low)} to {Html.Points(change.High)}</span></p>
            <p class="note">{note}</p></div>
            """;
    }

    private static string Duration(RunRecord run)
    {
        var seconds = run.Metrics.Column("time/step")?.Where(double.IsFinite).Sum() ?? 0;
        return seconds == 0 ? "" : seconds < 120 ? $"{seconds:0} s of training" : seconds < 7200 ? $"{seconds / 60:0.#} min of training" : $"{seconds / 3600:0.#} h of training";
    }
}
