using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;

namespace PairUni.Modeling.Text;

/// <summary>
/// Compiles the regular expressions of tokenizer.json. Those count in code points while .NET counts in UTF-16 units, so a
/// bracket class with characters above U+FFFF becomes an alternation with surrogate pairs.
/// </summary>
internal static class TokenizerPattern
{
    private static readonly TimeSpan MatchLimit = TimeSpan.FromSeconds(10);

    /// <exception cref="ModelFileException">The expression is not one that .NET can run.</exception>
    internal static Regex Compile(string pattern, string path)
    {
        try
        {
            return new Regex(Translate(pattern), RegexOptions.CultureInvariant, MatchLimit);
        }
        catch (ArgumentException fault)
        {
            throw new ModelFileException($"{path}: the pre-tokenizer's expression {pattern} cannot be used ({fault.Message}).", fault);
        }
    }

    private static string Translate(string pattern)
    {
        var output = new StringBuilder();
        for (var i = 0; i < pattern.Length; i++)
        {
            if (pattern[i] == '\\' && i + 1 < pattern.Length)
            {
                output.Append(pattern, i++, 2);
            }
            else if (pattern[i] == '[')
            {
                var end = ClassEnd(pattern, i);
                output.Append(TranslateClass(pattern[(i + 1)..end]));
                i = end;
            }
            else
            {
                output.Append(pattern[i]);
            }
        }
        return output.ToString();
    }

    private static int ClassEnd(string pattern, int start)
    {
        for (var i = start + 1; i < pattern.Length; i++)
        {
            if (pattern[i] == '\\')
                i++;
            else if (pattern[i] == ']' && i > start + 1)
                return i;
        }
        throw new ArgumentException("a bracket is not closed", nameof(pattern));
    }

    private static string TranslateClass(string body)
    {
        if (!body.Any(char.IsSurrogate))
            return $"[{body.Replace("[", @"\[", StringComparison.Ordinal)}]";
        var basic = new StringBuilder();
        var pairs = new List<string>();
        for (var i = 0; i < body.Length;)
        {
            if (body[i] == '\\')
            {
                basic.Append(body, i, 2);
                i += 2;
                continue;
            }
            var first = Rune.GetRuneAt(body, i);
            i += first.Utf16SequenceLength;
            var last = first;
            if (i + 1 < body.Length && body[i] == '-')
            {
                last = Rune.GetRuneAt(body, i + 1);
                i += 1 + last.Utf16SequenceLength;
            }
            if (first.IsBmp)
                basic.Append(Range(first.Value, Math.Min(last.Value, 0xFFFF)));
            if (!last.IsBmp)
                pairs.AddRange(SurrogatePairs(Math.Max(first.Value, 0x10000), last.Value));
        }
        var parts = basic.Length == 0 ? pairs : pairs.Prepend($"[{basic}]");
        return $"(?:{string.Join('|', parts)})";
    }

    // One alternative for each high surrogate; the ranges in use span few of them.
    private static IEnumerable<string> SurrogatePairs(int first, int last)
    {
        for (var high = High(first); high <= High(last); high++)
        {
            var from = high == High(first) ? Low(first) : 0xDC00;
            var to = high == High(last) ? Low(last) : 0xDFFF;
            yield return $"{Escape(high)}[{Range(from, to)}]";
        }
    }

    private static int High(int codePoint) => 0xD800 + ((codePoint - 0x10000) >> 10);

    private static int Low(int codePoint) => 0xDC00 + ((codePoint - 0x10000) & 0x3FF);

    private static string Range(int first, int last) => first == last ? Escape(first) : $"{Escape(first)}-{Escape(last)}";

    private static string Escape(int unit) => @"\u" + unit.ToString("X4", CultureInfo.InvariantCulture);
}
