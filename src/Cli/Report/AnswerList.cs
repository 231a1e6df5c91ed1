using System.Text;
using PairUni.Cli.RunFiles;
using PairUni.Learner.Eval;

namespace PairUni.Cli.Report;

/// <summary>Example questions: some newly right, some newly wrong, some unchanged, with the counts of each.</summary>
internal static class AnswerList
{
    private const int Shown = 9;

    public static string Of(RunRecord run)
    {
        if (run.Evals.Count < 2)
            return "";
        var (before, after) = (run.Evals[0], run.Evals[^1]);
        var first = before.Report.Answers.ToDictionary(a => a.QuestionIndex);
        var both = after.Report.Answers.Where(a => first.ContainsKey(a.QuestionIndex)).Select(a => (Was: first[a.QuestionIndex], Now: a)).ToArray();
        if (both.Length == 0)
            return "";
        var right = both.Where(b => !b.Was.Correct && b.Now.Correct).ToArray();
        var wrong = both.Where(b => b.Was.Correct && !b.Now.Correct).ToArray();
        var kept = both.Where(b => b.Was.Correct && b.Now.Correct).ToArray();
        var never = both.Where(b => !b.Was.Correct && !b.Now.Correct).ToArray();
        var cards = new StringBuilder();
        var few = right.Take(4).Concat(wrong.Take(2)).Concat(kept.Take(2)).Concat(never.Take(1));
        foreach (var (was, now) in few.Concat(right.Skip(4)).Concat(kept.Skip(2)).Concat(never.Skip(1)).Take(Shown))
            cards.Append(Card(after, was, now));
        return $"""
            <section><h2>Questions</h2>
            <p class="lead">Of {both.Length} held-out questions {right.Length} became right, {wrong.Length} became wrong, {kept.Length} stayed right and {never.Length} stayed wrong. The first few:</p>
            <div class="questions">{cards}</div></section>
            """;
    }

    private static string Card(EvalAtStep after, EvalAnswer was, EvalAnswer now)
    {
        var image = Html.DataUri(EvalFolder.QuestionPath(after.Folder, now)) is { } address ? $"<img loading=\"lazy\" src=\"{address}\" alt=\"the image asked about\">" : "";
        return $"<div class=\"question\">{image}<div><pre>{Html.Text(now.Question.Trim())}</pre><p><span>right answer <b>{Html.Text(now.Expected)}</b></span>{Said("before", was)}{Said("after", now)}</p></div></div>";
    }

    private static string Said(string when, EvalAnswer answer)
    {
        var (mark, word) = answer.Correct ? ("pass", "\u2713") : ("fail", "\u2717");
        var text = answer.Completion.Trim();
        return $"<span>{when} <b>{(text.Length == 0 ? "(nothing)" : Html.Text(text))}</b> <b class=\"{mark}\">{word}</b></span>";
    }
}
