using System.Globalization;
using System.Text;
using PairUni.Cli.RunFiles;

namespace PairUni.Cli.Report;

/// <summary>Before and after, a tag a row, with the interval of the paired difference as a number and as a bar.</summary>
internal static class ScoreTables
{
    /// <summary>The bars reach at least this far to each side, 1 point: without it no change at all would have no scale.</summary>
    private const double SmallestReach = 0.01;

    public static string Of(RunRecord run)
    {
        if (run.Evals.Count < 2)
            return "";
        var (before, after) = (run.Evals[0].Report, run.Evals[^1].Report);
        return "<section><h2>Before and after, by tag</h2><p class=\"lead\">The same prompts, questions and seeds before and after. The interval is of the paired difference; where it does not touch zero the change is marked. Strict counts only images that show nothing else.</p><div class=\"tables\">"
            + Table("Drawing", "images", Change.Generate(before, after), [Change.GenerateOverall(before, after), Change.GenerateStrictOverall(before, after)], "c1")
            + Table("Answering", "questions", Change.Understand(before, after), [Change.UnderstandOverall(before, after)], "c2")
            + "</div></section>";
    }

    private static string Table(string title, string unit, IReadOnlyList<Change> rows, IReadOnlyList<Change> overall, string colour)
    {
        var reach = rows.Concat(overall).SelectMany(r => new[] { Math.Abs(r.Low), Math.Abs(r.High) }).Where(double.IsFinite).Append(SmallestReach).Max();
        var text = new StringBuilder($"<div class=\"scroll\"><table><caption class=\"key {colour}\">{title}</caption><thead><tr><th>tag</th><th>{unit}</th><th>before</th><th>after</th><th>change</th><th>95 % interval</th><th></th></tr></thead><tbody>");
        foreach (var row in rows)
            text.Append(Row(row, reach, colour));
        return text.Append("</tbody><tfoot>").AppendJoin("", overall.Select(o => Row(o, reach, colour))).Append("</tfoot></table></div>").ToString();
    }

    private static string Row(Change row, double reach, string colour)
    {
        var mark = !row.IsClear ? "" : row.Difference > 0 ? " up" : " down";
        return $"<tr><th>{Html.Words(row.Tag)}</th><td>{row.After.Count}</td><td>{Html.Percent(row.Before.Mean)}</td><td><b>{Html.Percent(row.After.Mean)}</b></td>"
            + $"<td class=\"delta{mark}\">{Html.Points(row.Difference)}</td><td class=\"quiet\">{Html.Points(row.Low)} to {Html.Points(row.High)}</td><td>{Bar(row, reach, colour)}</td></tr>";
    }

    private static string Bar(Change row, double reach, string colour)
    {
        if (!double.IsFinite(row.Difference))
            return "";
        double X(double v) => 50 + v / reach * 46;
        return string.Create(CultureInfo.InvariantCulture, $"<svg class=\"bar\" viewBox=\"0 0 100 14\" aria-hidden=\"true\"><line class=\"zero\" x1=\"50\" x2=\"50\" y1=\"0\" y2=\"14\"/><line class=\"whisker {colour}\" x1=\"{X(row.Low):0.#}\" x2=\"{X(row.High):0.#}\" y1=\"7\" y2=\"7\"/><circle class=\"dot {colour}\" cx=\"{X(row.Difference):0.#}\" cy=\"7\" r=\"4\"/></svg>");
    }
}
