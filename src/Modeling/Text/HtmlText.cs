using System.Globalization;
using System.Net;
using System.Text;

namespace PairUni.Modeling.Text;

/// <summary>
/// Decodes HTML character references as HTML 5 reads them in text: numbers with or without a semicolon, HTML 4's named characters, and
/// those names that may lack the semicolon (the Latin-1 ones, amp, lt, gt, quot). Names that only HTML 5 has are left as they are.
/// </summary>
internal static class HtmlText
{
    private const int LongestName = 32;

    /// <param name="text">Text that may hold references.</param>
    /// <param name="strict">Decode only references that end in a semicolon.</param>
    internal static string Unescape(string text, bool strict = false)
    {
        if (!text.Contains('&', StringComparison.Ordinal))
            return text;
        var output = new StringBuilder(text.Length);
        for (var i = 0; i < text.Length;)
        {
            if (text[i] == '&' && Reference(text, i, strict) is { } found)
            {
                output.Append(found.Text);
                i = found.End;
            }
            else
            {
                output.Append(text[i++]);
            }
        }
        return output.ToString();
    }

    private static (string Text, int End)? Reference(string text, int start, bool strict)
    {
        if (start + 1 < text.Length && text[start + 1] == '#')
            return Numeric(text, start + 2, strict);
        var end = start + 1;
        while (end < text.Length && end - start <= LongestName && char.IsAsciiLetterOrDigit(text[end]))
            end++;
        var name = text[(start + 1)..end];
        if (end < text.Length && text[end] == ';' && Named(name) is { } whole)
            return (whole, end + 1);
        for (var length = name.Length; !strict && length >= 2; length--)
        {
            if (NeedsNoSemicolon(name[..length]) is { } known)
                return (known, start + 1 + length);
        }
        return null;
    }

    private static (string Text, int End)? Numeric(string text, int start, bool strict)
    {
        var hex = start < text.Length && text[start] is 'x' or 'X';
        var first = hex ? start + 1 : start;
        var end = first;
        while (end < text.Length && (hex ? char.IsAsciiHexDigit(text[end]) : char.IsAsciiDigit(text[end])))
            end++;
        var closed = end < text.Length && text[end] == ';';
        if (end == first || (strict && !closed))
            return null;
        var digits = text[first..end].TrimStart('0');
        var value = digits.Length > 8 ? long.MaxValue
            : digits.Length == 0 ? 0
            : long.Parse(digits, hex ? NumberStyles.AllowHexSpecifier : NumberStyles.None, CultureInfo.InvariantCulture);
        return (Character(value), closed ? end + 1 : end);
    }

    private static string Character(long value) => value switch
    {
        0 or (>= 0xD800 and <= 0xDFFF) or > 0x10FFFF => "\uFFFD",
        >= 0x80 and <= 0x9F => Windows1252.Character((byte)value).ToString(),
        0x0D => "\r",
        (>= 1 and <= 8) or 0x0B or (>= 0x0E and <= 0x1F) or 0x7F or (>= 0xFDD0 and <= 0xFDEF) => "",
        _ when (value & 0xFFFE) == 0xFFFE => "",
        _ => char.ConvertFromUtf32((int)value),
    };

    private static string? Named(string name)
    {
        var reference = $"&{name};";
        var decoded = WebUtility.HtmlDecode(reference);
        return decoded != reference ? decoded : name is "AMP" or "LT" or "GT" or "QUOT" or "COPY" or "REG" ? Named(name.ToLowerInvariant()) : null;
    }

    private static string? NeedsNoSemicolon(string name) =>
        Named(name) is [var only] && (only is '&' or '<' or '>' or '"' or (>= '\u00A0' and <= '\u00FF')) ? only.ToString() : null;
}
