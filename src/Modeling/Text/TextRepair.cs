using System.Text;
using System.Text.RegularExpressions;

namespace PairUni.Modeling.Text;

/// <summary>
/// The part of the Python library ftfy (fix_text, version 6, default settings) that prompts meet, line by line: references of HTML in
/// lines without '&lt;', UTF-8 that was read as Windows-1252, C1 controls, Latin ligatures, full-width and half-width forms, curly
/// quotes, line ends, terminal escapes, control characters, NFC. docs/rewards.md lists what is left out.
/// </summary>
internal static partial class TextRepair
{
    private const string HalfWidthKana =
        "。「」、・ヲァィゥェォャュョッーアイウエオカキクケコサシスセソタチツテトナニヌネノハヒフヘホマミムメモヤユヨラリルレロワン\u3099\u309A";

    private static readonly UTF8Encoding Strict = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    /// <summary>Repairs every line until nothing changes any more.</summary>
    internal static string Fix(string text)
    {
        var output = new StringBuilder(text.Length);
        foreach (var line in Lines(text))
            output.Append(FixLine(line));
        return output.ToString();
    }

    private static IEnumerable<string> Lines(string text)
    {
        for (var start = 0; start < text.Length;)
        {
            var end = text.IndexOf('\n', start) + 1;
            if (end == 0)
                end = text.Length;
            yield return text[start..end];
            start = end;
        }
    }

    private static string FixLine(string line)
    {
        // Each round removes a level of wrong decoding; real text has one or two.
        for (var round = 0; round < 8; round++)
        {
            var before = line;
            if (!line.Contains('<', StringComparison.Ordinal))
                line = HtmlText.Unescape(line, strict: true);
            line = CanonicalComposition.Compose(Characters(Escapes().Replace(Decode(line), "")));
            if (line == before)
                break;
        }
        return line;
    }

    private static string Decode(string line)
    {
        if (line.All(char.IsAscii) || Windows1252.Encode(line) is not { } bytes)
            return line;
        try
        {
            return Strict.GetString(bytes);
        }
        catch (DecoderFallbackException)
        {
            return line;
        }
    }

    private static string Characters(string line)
    {
        var output = new StringBuilder(line.Length);
        for (var i = 0; i < line.Length; i++)
        {
            if (line[i] == '\r' && i + 1 < line.Length && line[i + 1] == '\n')
                continue;
            Append(line[i], output);
        }
        return output.ToString();
    }

    private static void Append(char unit, StringBuilder output)
    {
        switch (unit)
        {
            case '\r' or '\u0085' or '\u2028' or '\u2029':
                output.Append('\n');
                break;
            case >= '\u0080' and <= '\u009F':
                Append(Windows1252.Character((byte)unit) is var read && read == unit ? '\0' : read, output);
                break;
            case (<= '\u0008') or '\u000B' or (>= '\u000E' and <= '\u001F') or '\u007F'
                or (>= '\u206A' and <= '\u206F') or '\uFEFF' or (>= '\uFFF9' and <= '\uFFFC'):
                break;
            default:
                output.Append(Replacement(unit) ?? unit.ToString());
                break;
        }
    }

    private static string? Replacement(char unit) => unit switch
    {
        '\u02BC' or (>= '\u2018' and <= '\u201B') => "'",
        >= '\u201C' and <= '\u201F' => "\"",
        '\u3000' => " ",
        >= '\uFF01' and <= '\uFF5E' => ((char)(unit - 0xFEE0)).ToString(),
        >= '\uFF61' and <= '\uFF9F' => HalfWidthKana[unit - 0xFF61].ToString(),
        '\uFFE0' => "¢",
        '\uFFE1' => "£",
        '\uFFE2' => "¬",
        '\uFFE3' => " \u0304",
        '\uFFE4' => "¦",
        '\uFFE5' => "¥",
        '\uFFE6' => "₩",
        'Ĳ' => "IJ",
        'ĳ' => "ij",
        'ŉ' => "ʼn",
        'Ǆ' => "DŽ",
        'ǅ' => "Dž",
        'ǆ' => "dž",
        'Ǉ' => "LJ",
        'ǈ' => "Lj",
        'ǉ' => "lj",
        'Ǌ' => "NJ",
        'ǋ' => "Nj",
        'ǌ' => "nj",
        'Ǳ' => "DZ",
        'ǲ' => "Dz",
        'ǳ' => "dz",
        'ﬀ' => "ff",
        'ﬁ' => "fi",
        'ﬂ' => "fl",
        'ﬃ' => "ffi",
        'ﬄ' => "ffl",
        'ﬅ' => "ſt",
        'ﬆ' => "st",
        _ => null,
    };

    [GeneratedRegex("\u001b\\[[0-9;]*[a-zA-Z]")]
    private static partial Regex Escapes();
}
