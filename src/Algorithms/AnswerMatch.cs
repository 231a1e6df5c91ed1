using System.Text.RegularExpressions;

namespace PairUni.Algorithms;

/// <summary>Scores an answer against the gold one: 1 when it says the same, else 0.</summary>
public static partial class AnswerMatch
{
    /// <summary>
    /// 1 when the extracted text equals the answer but for case, outer punctuation and a trailing dot; for a lettered answer also when
    /// a text of at most two characters has that letter alone, when a longer one settles on that letter, or when it names that option's
    /// text and no other option's. Naming several options is no answer.
    /// </summary>
    /// <param name="completion">What the model wrote.</param>
    /// <param name="answer">The gold answer: an option letter, or free text.</param>
    /// <param name="options">Option texts by letter (<see cref="AnswerOptions.Of"/>), if there are any.</param>
    public static float Score(string completion, string answer, IReadOnlyDictionary<char, string>? options = null)
    {
        var text = AnswerExtraction.Text(completion);
        var gold = Normal(answer);
        if (Normal(text) == gold) return 1;
        if (gold.Length != 1 || !char.IsAsciiLetter(gold[0]) || text.Length == 0) return 0;

        var letter = char.ToUpperInvariant(gold[0]);
        if (text.Length <= 2) return new string([.. text.Where(char.IsLetterOrDigit)]).ToUpperInvariant() == letter.ToString() ? 1 : 0;

        char[] letters = options is null ? [] : [.. options.Keys];
        if (AnswerExtraction.Letter(text, letters) == letter) return 1;
        return options is not null && Named(text, options) is [var only] && only == letter ? 1 : 0;
    }

    // Longest option first, each hit blanked out: "dark red" does not also name "red".
    private static char[] Named(string text, IReadOnlyDictionary<char, string> options)
    {
        var named = new List<char>();
        foreach (var (letter, option) in options.OrderByDescending(o => o.Value.Length).ThenBy(o => o.Key))
        {
            var word = new Regex($@"(?<!\w){Regex.Escape(option.TrimEnd('.', ' '))}(?!\w)", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant);
            if (option.Length == 0 || !word.IsMatch(text)) continue;
            named.Add(letter);
            text = word.Replace(text, " ");
        }

        return [.. named];
    }

    private static string Normal(string text) => Spaces().Replace(text, " ").Trim(' ', '.', '"', '\'').ToLowerInvariant();

    [GeneratedRegex(@"\s+", RegexOptions.CultureInvariant)]
    private static partial Regex Spaces();
}
