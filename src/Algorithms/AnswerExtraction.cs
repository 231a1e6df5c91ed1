using System.Text.RegularExpressions;

namespace PairUni.Algorithms;

/// <summary>Finds the answer in what a model wrote: think and answer tags, a leading "Answer:", the option letter.</summary>
public static partial class AnswerExtraction
{
    /// <summary>
    /// The text of the first answer tag (to the end, if it is never closed); without one, everything outside think tags (an unclosed
    /// one swallows the rest) without a leading "Answer" or "The answer is".
    /// </summary>
    public static string Text(string completion)
    {
        if (AnswerTag().Match(completion) is { Success: true } tag) return tag.Groups[1].Value.Trim();
        var text = ThinkTag().Replace(completion, " ").Trim();
        return LeadingAnswer().Replace(text, "").Trim();
    }

    /// <summary>
    /// The one option letter that <paramref name="text"/> settles on, or null. A letter that is announced ("answer is B", "option B",
    /// "(B)", "B." at the start) wins; otherwise the capital letters that stand alone must all be the same one. An "A" before a
    /// small-letter word other than "or", "and", "is" is the article.
    /// </summary>
    /// <param name="text">Extracted answer text.</param>
    /// <param name="letters">Letters that are options; empty takes A to Z.</param>
    public static char? Letter(string text, IReadOnlyCollection<char> letters)
    {
        return Only(Announced().Matches(text)) ?? Only(Standing().Matches(text));

        char? Only(MatchCollection matches)
        {
            char[] found = [.. matches
                .Select(m => char.ToUpperInvariant(m.Groups.Values.Skip(1).First(g => g.Success).Value[0]))
                .Where(c => letters.Count == 0 || letters.Contains(c))
                .Distinct()];
            return found.Length == 1 ? found[0] : null;
        }
    }

    [GeneratedRegex(@"<answer>(.*?)(?:</answer>|\z)", RegexOptions.IgnoreCase | RegexOptions.Singleline | RegexOptions.CultureInvariant)]
    private static partial Regex AnswerTag();

    [GeneratedRegex(@"<think>.*?(?:</think>|\z)", RegexOptions.IgnoreCase | RegexOptions.Singleline | RegexOptions.CultureInvariant)]
    private static partial Regex ThinkTag();

    [GeneratedRegex(@"^(?:the\s+)?(?:correct\s+)?answer\b\s*(?:is\b)?\s*:?", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex LeadingAnswer();

    [GeneratedRegex(
        @"(?i:\b(?:answer|option|choice)\b(?:\s+is\b)?\s*:?\s*\(?)([A-Z])(?=\W|\z)|\(([A-Za-z])\)|\A\s*([A-Za-z])\s*[.):](?=\W|\z)",
        RegexOptions.CultureInvariant)]
    private static partial Regex Announced();

    [GeneratedRegex(@"(?<![\w'])(?!A\s+(?!(?:or|and|is)\b)[a-z])([A-Z])(?![\w'])", RegexOptions.CultureInvariant)]
    private static partial Regex Standing();
}
