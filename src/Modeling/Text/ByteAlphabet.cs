using System.Text;

namespace PairUni.Modeling.Text;

/// <summary>The 256 printable characters that stand for bytes in byte-level BPE vocabularies, as introduced by GPT-2.</summary>
internal static class ByteAlphabet
{
    private static readonly char[] Symbols = Build();
    private static readonly Dictionary<char, byte> Bytes = Symbols.Select((symbol, value) => (symbol, value)).ToDictionary(pair => pair.symbol, pair => (byte)pair.value);

    /// <summary>The character that stands for a byte.</summary>
    internal static char Symbol(byte value) => Symbols[value];

    /// <summary>All 256 characters in vocabulary order: printable bytes first, the others after them.</summary>
    internal static IEnumerable<char> InVocabularyOrder => Symbols.Order();

    /// <summary>Writes text as one character a byte of its UTF-8 form.</summary>
    internal static string Encode(string text)
    {
        var bytes = Encoding.UTF8.GetBytes(text);
        return string.Create(bytes.Length, bytes, static (span, source) =>
        {
            for (var i = 0; i < span.Length; i++)
                span[i] = Symbols[source[i]];
        });
    }

    /// <summary>The bytes of a token; a token with a character outside the alphabet stands for its own UTF-8 bytes.</summary>
    internal static byte[] Decode(string token)
    {
        var bytes = new byte[token.Length];
        for (var i = 0; i < token.Length; i++)
        {
            if (!Bytes.TryGetValue(token[i], out bytes[i]))
                return Encoding.UTF8.GetBytes(token);
        }
        return bytes;
    }

    private static char[] Build()
    {
        var symbols = new char[256];
        var next = 256;
        for (var value = 0; value < 256; value++)
            symbols[value] = value is (>= '!' and <= '~') or (>= 0xA1 and <= 0xAC) or (>= 0xAE and <= 0xFF) ? (char)value : (char)next++;
        return symbols;
    }
}
