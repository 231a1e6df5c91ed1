using System.Text.RegularExpressions;

namespace PairUni.Algorithms;

/// <summary>Reads the lettered options of a multiple-choice question: lines such as "A. red", "B) blue", "(C) green".</summary>
public static partial class AnswerOptions
{
    /// <summary>Option text by capital letter, empty when the question lists none.</summary>
    public static IReadOnlyDictionary<char, string> Of(string question)
    {
        var options = new SortedDictionary<char, string>();
        foreach (Match line in Line().Matches(question)) options.TryAdd(line.Groups[1].Value[0], line.Groups[2].Value.Trim());
        return options;
    }

    [GeneratedRegex(@"^[ \t]*\(?([A-Z])[.):][ \t]*(\S[^\r\n]*)", RegexOptions.Multiline | RegexOptions.CultureInvariant)]
    private static partial Regex Line();
}
