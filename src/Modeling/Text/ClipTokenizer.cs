namespace PairUni.Modeling.Text;

/// <summary>
/// CLIP's tokenizer: byte-level BPE over lower-cased words whose last symbol carries an end-of-word mark. Ids: 256 byte symbols, the
/// same with the mark, one for each merge, start of text, end of text.
/// </summary>
public sealed class ClipTokenizer
{
    /// <summary>Tokens of a row in CLIP and HPS.</summary>
    public const int DefaultContextLength = 77;

    /// <summary>Ids of CLIP and HPS.</summary>
    public const int DefaultVocabSize = 49408;

    private const string EndOfWord = "</w>";
    private const int Bytes = 256;
    private readonly BpeMerges merges = new();
    private readonly Dictionary<string, int> symbols = [];

    /// <summary>Makes a tokenizer of merges in the order of their rank.</summary>
    /// <param name="merges">Two symbols separated by one space each; <see cref="ClipVocabularyFile"/> reads CLIP's.</param>
    /// <exception cref="ModelFileException">A merge does not join two known symbols.</exception>
    public ClipTokenizer(IEnumerable<string> merges)
    {
        foreach (var symbol in ByteAlphabet.InVocabularyOrder)
            symbols.Add(symbol.ToString(), symbols.Count);
        foreach (var symbol in ByteAlphabet.InVocabularyOrder)
            symbols.Add(symbol + EndOfWord, symbols.Count);
        foreach (var merge in merges)
            Add(merge);
        StartId = 2 * Bytes + this.merges.Count;
    }

    /// <summary>Id of the token that opens a row.</summary>
    public int StartId { get; }

    /// <summary>Id of the token that closes a row, the largest of all.</summary>
    public int EndId => StartId + 1;

    /// <summary>Ids there are.</summary>
    public int VocabSize => StartId + 2;

    /// <summary>Reads CLIP's merges: <paramref name="path"/> is the file bpe_simple_vocab_16e6.txt.gz, or a folder that holds it.</summary>
    /// <exception cref="ModelFileException">The file is missing or is not the one that the model was trained with.</exception>
    public static ClipTokenizer Load(string path, int vocabSize = DefaultVocabSize) => new(ClipVocabularyFile.Read(path, vocabSize));

    /// <summary>What is left of a prompt when it has been repaired: what <see cref="Encode"/> splits into tokens.</summary>
    public static string Clean(string text) => ClipText.Clean(text);

    /// <summary>Ids of a prompt, without start and end, however many.</summary>
    public int[] Encode(string text) => [.. ClipText.Split(Clean(text)).SelectMany(Word)];

    /// <summary>Start, ids, end, and zeros up to the length; a longer prompt is cut and its last id is the end.</summary>
    public int[] Row(string text, int contextLength = DefaultContextLength)
    {
        int[] ids = [StartId, .. Encode(text), EndId];
        if (ids.Length > contextLength)
            ids[contextLength - 1] = EndId;
        Array.Resize(ref ids, contextLength);
        return ids;
    }

    private int[] Word(string word) => word switch
    {
        ClipText.StartToken => [StartId],
        ClipText.EndToken => [EndId],
        _ => merges.Apply(Symbols(ByteAlphabet.Encode(word))),
    };

    private List<int> Symbols(string units)
    {
        List<int> ids = [.. units.Select(unit => symbols[unit.ToString()])];
        ids[^1] += Bytes;
        return ids;
    }

    private void Add(string merge)
    {
        var parts = merge.Split(' ');
        if (parts.Length != 2
            || !symbols.TryGetValue(parts[0], out var left)
            || !symbols.TryGetValue(parts[1], out var right)
            || !symbols.TryAdd(parts[0] + parts[1], symbols.Count))
        {
            throw new ModelFileException($"merge {merges.Count} (\"{merge}\") does not join two symbols into a new one; use the vocabulary file of CLIP.");
        }
        merges.Add(left, right, symbols.Count - 1);
    }
}
