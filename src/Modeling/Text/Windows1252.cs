namespace PairUni.Modeling.Text;

/// <summary>The encoding Windows-1252 as the web reads it: the five bytes without a character stand for the control characters of Latin-1.</summary>
internal static class Windows1252
{
    private const string High =
        "\u20AC\u0081\u201A\u0192\u201E\u2026\u2020\u2021\u02C6\u2030\u0160\u2039\u0152\u008D\u017D\u008F"
        + "\u0090\u2018\u2019\u201C\u201D\u2022\u2013\u2014\u02DC\u2122\u0161\u203A\u0153\u009D\u017E\u0178";

    private static readonly Dictionary<char, byte> Bytes = Enumerable.Range(0, 256).ToDictionary(value => Character((byte)value), value => (byte)value);

    internal static char Character(byte value) => value is >= 0x80 and <= 0x9F ? High[value - 0x80] : (char)value;

    /// <summary>The bytes of a text, or null when a character has none.</summary>
    internal static byte[]? Encode(string text)
    {
        var bytes = new byte[text.Length];
        for (var i = 0; i < text.Length; i++)
        {
            // A control character of Latin-1 is what a decoder of Latin-1 would have left.
            if (!Bytes.TryGetValue(text[i], out bytes[i]))
            {
                if (text[i] is not (>= '\u0080' and <= '\u009F'))
                    return null;
                bytes[i] = (byte)text[i];
            }
        }
        return bytes;
    }
}
