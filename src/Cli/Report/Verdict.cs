using PairUni.Cli.RunFiles;

namespace PairUni.Cli.Report;

/// <summary>What the run achieved, in one sentence that claims no more than the intervals allow.</summary>
internal static class Verdict
{
    /// <summary>Plain text, also for the console.</summary>
    public static string Of(RunRecord run)
    {
        if (run.Evals.Count < 2)
            return run.Evals.Count == 0
                ? "Not evaluated: there is no held-out score in this run's folder."
                : $"Evaluated only at step {run.Evals[0].Step}: nothing to compare with yet.";
        var (before, after) = (run.Evals[0].Report, run.Evals[^1].Report);
        var draw = Change.GenerateOverall(before, after);
        var answer = Change.UnderstandOverall(before, after);
        return $"On held-out prompts and questions after {run.Evals[^1].Step - run.Evals[0].Step} steps, drawing {Clause(draw)}, and answering {Clause(answer)}.";
    }

    private static string Clause(Change change)
    {
        var interval = $"{Html.Points(change.Difference)} points, 95 % interval {Html.Points(change.Low)} to {Html.Points(change.High)}";
        return (change.IsClear, change.Difference > 0) switch
        {
            (true, true) => $"improved from {Html.Percent(change.Before.Mean)} to {Html.Percent(change.After.Mean)} ({interval})",
            (true, false) => $"got worse, from {Html.Percent(change.Before.Mean)} to {Html.Percent(change.After.Mean)} ({interval})",
            _ => $"did not change measurably, {Html.Percent(change.Before.Mean)} before and {Html.Percent(change.After.Mean)} after ({interval})",
        };
    }
}
