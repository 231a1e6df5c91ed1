using System.Globalization;
using System.Text;

namespace PairUni.Modeling.Text;

/// <summary>What CLIP does to a prompt before BPE: repairs and lower-cases it, and splits it into words, single digits and runs of signs.</summary>
internal static class ClipText
{
    internal const string StartToken = "<start_of_text>";
    internal const string EndToken = "<end_of_text>";

    private static readonly string[] Whole = [StartToken, EndToken, "'s", "'t", "'re", "'ve", "'m", "'ll", "'d"];

    private enum Kind
    {
        Space,
        Letter,
        Number,
        Other,
    }

    /// <summary>Repaired, HTML references decoded twice, trimmed, every run of white space one space, lower case.</summary>
    internal static string Clean(string text)
    {
        var repaired = HtmlText.Unescape(HtmlText.Unescape(TextRepair.Fix(text)));
        return Lower(string.Join(' ', repaired.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries)));
    }

    /// <summary>The pieces of a cleaned text, without the white space between them.</summary>
    internal static IEnumerable<string> Split(string text)
    {
        for (var i = 0; i < text.Length;)
        {
            var length = Length(text, i);
            if (KindAt(text, i, out _) != Kind.Space)
                yield return text.Substring(i, length);
            i += length;
        }
    }

    private static int Length(string text, int start)
    {
        if (Whole.FirstOrDefault(token => string.CompareOrdinal(text, start, token, 0, token.Length) == 0) is { } token)
            return token.Length;
        var kind = KindAt(text, start, out var length);
        while (kind is Kind.Letter or Kind.Other && start + length < text.Length && KindAt(text, start + length, out var next) == kind)
            length += next;
        return length;
    }

    private static Kind KindAt(string text, int index, out int length)
    {
        Rune.DecodeFromUtf16(text.AsSpan(index), out var rune, out length);
        if (Rune.IsWhiteSpace(rune))
            return Kind.Space;
        return Rune.GetUnicodeCategory(rune) switch
        {
            <= UnicodeCategory.OtherLetter => Kind.Letter,
            UnicodeCategory.DecimalDigitNumber or UnicodeCategory.LetterNumber or UnicodeCategory.OtherNumber => Kind.Number,
            _ => Kind.Other,
        };
    }

    // Unicode's two lower cases that depend on the place or are two characters long.
    private static string Lower(string text)
    {
        var lower = text.ToLowerInvariant().ToCharArray();
        for (var i = 1; i < lower.Length; i++)
        {
            if (text[i] == 'Σ' && char.IsLetter(text[i - 1]) && (i + 1 == text.Length || !char.IsLetter(text[i + 1])))
                lower[i] = 'ς';
        }
        return new string(lower).Replace("\u0130", "i\u0307", StringComparison.Ordinal);
    }
}
