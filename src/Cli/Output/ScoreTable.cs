using PairUni.Cli.Report;
using PairUni.Cli.RunFiles;
using PairUni.Learner.Eval;
using Spectre.Console;

namespace PairUni.Cli.Output;

/// <summary>Scores as a console table: of one model, or before and after with the interval of the difference.</summary>
internal static class ScoreTable
{
    /// <summary>Images and answers of one model.</summary>
    public static Table Of(EvalReport report)
    {
        var table = New("held out", "n", "score", "95 % interval");
        Rows(table, "draw", report.Generate, report.GenerateOverall, report.GenerateStrictOverall with { Tag = "overall, strict" });
        table.AddEmptyRow();
        Rows(table, "answer", report.Understand, report.UnderstandOverall);
        return table;
    }

    /// <summary>Before and after a run.</summary>
    public static Table Of(EvalReport before, EvalReport after)
    {
        var table = New("held out", "n", "before", "after", "change", "95 % interval");
        foreach (var change in Change.Generate(before, after).Append(Change.GenerateOverall(before, after)).Append(Change.GenerateStrictOverall(before, after)))
            Row(table, "draw", change);
        table.AddEmptyRow();
        foreach (var change in Change.Understand(before, after).Append(Change.UnderstandOverall(before, after)))
            Row(table, "answer", change);
        return table;
    }

    private static void Rows(Table table, string task, IEnumerable<EvalScore> scores, params EvalScore[] overall)
    {
        foreach (var score in scores.Concat(overall))
        {
            table.AddRow(Label(task, score.Tag), Escape(score.Count.ToString(System.Globalization.CultureInfo.InvariantCulture)), Html.Percent(score.Mean),
                $"{Html.Percent(score.Low)} to {Html.Percent(score.High)}");
        }
    }

    private static void Row(Table table, string task, Change change)
    {
        var points = Html.Points(change.Difference);
        var styled = !change.IsClear ? points : change.Difference > 0 ? $"[green]{points}[/]" : $"[red]{points}[/]";
        table.AddRow(Label(task, change.Tag), Escape(change.After.Count.ToString(System.Globalization.CultureInfo.InvariantCulture)),
            Html.Percent(change.Before.Mean), Html.Percent(change.After.Mean), styled, $"{Html.Points(change.Low)} to {Html.Points(change.High)}");
    }

    private static string Label(string task, string tag) => Escape($"{task} {tag.Replace('_', ' ')}");

    private static string Escape(string text) => Markup.Escape(text);

    private static Table New(string first, params string[] numbers)
    {
        var table = new Table { Border = TableBorder.Simple };
        table.AddColumn(first);
        foreach (var number in numbers)
            table.AddColumn(new TableColumn(number).RightAligned());
        return table;
    }
}
