using System.Text;
using PairUni.Cli.RunFiles;
using PairUni.Learner.Eval;

namespace PairUni.Cli.Report;

/// <summary>The first image of every held-out prompt, before and after, with the judge's marks. Nothing is picked.</summary>
internal static class ImageGrid
{
    private const int ShownPerTag = 2;
    private const int KeptPerTag = 16;

    public static string Of(RunRecord run)
    {
        if (run.Evals.Count < 2)
            return "";
        var (before, after) = (run.Evals[0], run.Evals[^1]);
        var first = before.Report.Images.Where(i => i.Sample == 0).ToDictionary(i => i.PromptIndex);
        var cards = new StringBuilder();
        var (count, right, wrong) = (0, 0, 0);
        foreach (var tag in after.Report.Images.Where(i => i.Sample == 0 && first.ContainsKey(i.PromptIndex)).GroupBy(i => i.Tag))
        {
            foreach (var (index, image) in tag.Take(KeptPerTag).Index())
            {
                var was = first[image.PromptIndex];
                var card = Card(before, was, after, image, index >= ShownPerTag);
                if (card.Length == 0)
                    continue;
                cards.Append(card);
                count++;
                right += !was.Permissive && image.Permissive ? 1 : 0;
                wrong += was.Permissive && !image.Permissive ? 1 : 0;
            }
        }

        return count == 0 ? "" : $"""
            <section class="gallery"><h2>The same prompts and seeds, before and after</h2>
            <p class="lead">The first image of each held-out prompt, in the suite's order; nothing is picked. A tick means that the judge, which sees only the pixels, found what was asked for.</p>
            <p class="filters"><button data-show="few" aria-pressed="true">A few of each tag</button><button data-show="all" aria-pressed="false">All {count}</button><button data-show="right" aria-pressed="false">Newly right ({right})</button><button data-show="wrong" aria-pressed="false">Newly wrong ({wrong})</button></p>
            <div class="grid few">{cards}</div></section>
            """;
    }

    private static string Card(EvalAtStep before, EvalImage was, EvalAtStep after, EvalImage now, bool more)
    {
        if (Html.DataUri(EvalFolder.ImagePath(before.Folder, was)) is not { } left || Html.DataUri(EvalFolder.ImagePath(after.Folder, now)) is not { } right)
            return "";
        var change = (was.Permissive, now.Permissive) switch { (false, true) => " right", (true, false) => " wrong", _ => "" };
        return $"<div class=\"shot{(more ? " more" : "")}{change}\"><p><span class=\"tag\">{Html.Words(now.Tag)}</span>{Html.Text(now.Prompt)}</p><div class=\"pair\">{Image(left, "before", was)}{Image(right, "after", now)}</div></div>";
    }

    private static string Image(string address, string when, EvalImage image)
    {
        var (mark, word) = image.Permissive ? ("pass", "\u2713") : ("fail", "\u2717");
        return $"<figure title=\"{Html.Text(image.Reason)}\"><img loading=\"lazy\" src=\"{address}\" alt=\"{when}\"><figcaption>{when} <b class=\"{mark}\">{word}</b></figcaption></figure>";
    }
}
