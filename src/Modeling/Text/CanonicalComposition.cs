using System.Text;

namespace PairUni.Modeling.Text;

/// <summary>
/// Writes text in Unicode's composed form (NFC) without the system's Unicode library, which this build does not carry: the pairs of
/// <see cref="CanonicalPairs"/>, Hangul syllables and the letter-like signs for angstrom, ohm and kelvin. Other scripts stay as they are.
/// </summary>
internal static class CanonicalComposition
{
    private const int SyllableBase = 0xAC00, LeadBase = 0x1100, VowelBase = 0x1161, TailBase = 0x11A7;
    private const int Leads = 19, Vowels = 21, Tails = 28;

    internal static string Compose(string text)
    {
        if (text.All(unit => unit < '\u0300'))
            return text;
        var apart = new List<char>(text.Length);
        foreach (var unit in text)
            Decompose(unit, apart);
        Reorder(apart);
        return Join(apart);
    }

    private static void Decompose(char unit, List<char> into)
    {
        if (CanonicalPairs.Decompose(unit) is { } parts)
        {
            Decompose(parts.Base, into);
            into.Add(parts.Mark);
            return;
        }
        if (unit is '\u212B')
            into.AddRange(['A', '\u030A']);
        else
            into.Add(unit switch { '\u2126' => '\u03A9', '\u212A' => 'K', _ => unit });
    }

    // Stable: marks of equal class keep their order.
    private static void Reorder(List<char> text)
    {
        for (var i = 1; i < text.Count; i++)
        {
            var (unit, its) = (text[i], CanonicalPairs.Class(text[i]));
            var at = i;
            for (; its > 0 && at > 0 && CanonicalPairs.Class(text[at - 1]) > its; at--)
                text[at] = text[at - 1];
            text[at] = unit;
        }
    }

    private static string Join(List<char> text)
    {
        var output = new StringBuilder(text.Count);
        var (starter, last) = (-1, 0);
        foreach (var unit in text)
        {
            var its = CanonicalPairs.Class(unit);
            var adjacent = starter == output.Length - 1;
            if (starter >= 0 && (adjacent || last < its) && Pair(output[starter], unit, adjacent) is { } composite)
            {
                output[starter] = composite;
                continue;
            }
            if (its == 0)
                starter = output.Length;
            last = its;
            output.Append(unit);
        }
        return output.ToString();
    }

    private static char? Pair(char first, char second, bool adjacent) =>
        CanonicalPairs.Compose(first, second) ?? (adjacent ? Hangul(first, second) : null);

    private static char? Hangul(char first, char second)
    {
        var (lead, vowel) = (first - LeadBase, second - VowelBase);
        if (lead is >= 0 and < Leads && vowel is >= 0 and < Vowels)
            return (char)(SyllableBase + (((lead * Vowels) + vowel) * Tails));
        var (syllable, tail) = (first - SyllableBase, second - TailBase);
        return syllable >= 0 && syllable < Leads * Vowels * Tails && syllable % Tails == 0 && tail is > 0 and < Tails
            ? (char)(first + tail)
            : null;
    }
}
