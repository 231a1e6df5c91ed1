using System.Globalization;
using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;

namespace PairUni.Modeling.Text;

/// <summary>Cuts text into the pieces that BPE merges within: the Split, Digits and ByteLevel steps of tokenizer.json, in order.</summary>
internal sealed class PreTokenizer
{
    private readonly List<Func<string, IEnumerable<string>>> steps = [];
    private bool byteLevel;

    private PreTokenizer() { }

    /// <exception cref="ModelFileException">A step is of a kind or has a setting that is not supported.</exception>
    internal static PreTokenizer Parse(JsonElement node, string path)
    {
        var result = new PreTokenizer();
        result.Add(node, path);
        return result.byteLevel ? result : throw new ModelFileException($"{path}: the pre-tokenizer must end with ByteLevel; other BPE tokenizers are not supported.");
    }

    /// <summary>The pieces of a text, as text (not yet as byte symbols).</summary>
    internal IEnumerable<string> Split(string text)
    {
        IEnumerable<string> pieces = text.Length == 0 ? [] : [text];
        foreach (var step in steps)
            pieces = pieces.SelectMany(step);
        return pieces;
    }

    private void Add(JsonElement node, string path)
    {
        var type = node.GetProperty("type").GetString();
        switch (type)
        {
            case "Sequence":
                foreach (var child in node.GetProperty("pretokenizers").EnumerateArray())
                    Add(child, path);
                break;
            case "Split":
                steps.Add(SplitStep(node, path));
                break;
            case "Digits":
                var individual = node.TryGetProperty("individual_digits", out var flag) && flag.GetBoolean();
                steps.Add(piece => Digits(piece, individual));
                break;
            case "ByteLevel":
                if (Flag(node, "add_prefix_space", true) || Flag(node, "use_regex", true))
                    throw new ModelFileException($"{path}: a ByteLevel pre-tokenizer with add_prefix_space or use_regex is not supported.");
                byteLevel = true;
                break;
            default:
                throw new ModelFileException($"{path}: the pre-tokenizer \"{type}\" is not supported; Split, Digits and ByteLevel are.");
        }
    }

    private static bool Flag(JsonElement node, string key, bool fallback) => node.TryGetProperty(key, out var value) ? value.GetBoolean() : fallback;

    private static Func<string, IEnumerable<string>> SplitStep(JsonElement node, string path)
    {
        var behaviour = node.GetProperty("behavior").GetString();
        if (behaviour != "Isolated" || Flag(node, "invert", false))
            throw new ModelFileException($"{path}: a Split pre-tokenizer must be Isolated and not inverted, not \"{behaviour}\".");
        var pattern = node.GetProperty("pattern");
        var expression = TokenizerPattern.Compile(
            pattern.TryGetProperty("Regex", out var regex) ? regex.GetString()! : Regex.Escape(pattern.GetProperty("String").GetString()!), path);
        return piece => Isolate(piece, expression);
    }

    private static IEnumerable<string> Isolate(string piece, Regex expression)
    {
        var start = 0;
        foreach (Match match in expression.Matches(piece))
        {
            if (match.Length == 0)
                continue;
            if (match.Index > start)
                yield return piece[start..match.Index];
            yield return match.Value;
            start = match.Index + match.Length;
        }
        if (start < piece.Length)
            yield return piece[start..];
    }

    private static IEnumerable<string> Digits(string piece, bool individual)
    {
        var start = 0;
        var inDigits = false;
        var position = 0;
        foreach (var rune in piece.EnumerateRunes())
        {
            var digit = IsNumeric(rune);
            if (position > start && (digit != inDigits || (digit && individual)))
            {
                yield return piece[start..position];
                start = position;
            }
            inDigits = digit;
            position += rune.Utf16SequenceLength;
        }
        if (start < piece.Length)
            yield return piece[start..];
    }

    private static bool IsNumeric(Rune rune) =>
        Rune.GetUnicodeCategory(rune) is UnicodeCategory.DecimalDigitNumber or UnicodeCategory.LetterNumber or UnicodeCategory.OtherNumber;
}
