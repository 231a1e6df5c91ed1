using System.Text.Json;

namespace PairUni.Modeling.Text;

/// <summary>Byte-level BPE: a vocabulary and ranked merges; within a piece the lowest-ranked merge, leftmost first, is applied until none fits.</summary>
internal sealed class BpeModel
{
    private const int CacheLimit = 50_000;
    private readonly BpeMerges merges = new();
    private readonly Dictionary<string, int[]> cache = [];
    private readonly Lock cacheLock = new();
    private readonly bool ignoreMerges;

    private BpeModel(Dictionary<string, int> vocabulary, bool ignoreMerges)
    {
        Vocabulary = vocabulary;
        this.ignoreMerges = ignoreMerges;
    }

    /// <summary>Token text (in byte symbols) to id.</summary>
    internal IReadOnlyDictionary<string, int> Vocabulary { get; }

    /// <exception cref="ModelFileException">The model is not byte-level BPE or a merge names an unknown token.</exception>
    internal static BpeModel Parse(JsonElement node, string path)
    {
        var type = node.TryGetProperty("type", out var kind) ? kind.GetString() : "BPE";
        if (type != "BPE")
            throw new ModelFileException($"{path}: a tokenizer model of type \"{type}\" is not supported; BPE is.");
        foreach (var key in new[] { "unk_token", "continuing_subword_prefix", "end_of_word_suffix", "dropout" })
        {
            if (node.TryGetProperty(key, out var value) && value.ValueKind != JsonValueKind.Null && value.ToString().Length > 0)
                throw new ModelFileException($"{path}: BPE with \"{key}\" is not supported; byte-level tokenizers have none.");
        }
        if (node.TryGetProperty("byte_fallback", out var fallback) && fallback.ValueKind == JsonValueKind.True)
            throw new ModelFileException($"{path}: BPE with byte_fallback is not supported; byte-level tokenizers have none.");

        var vocabulary = new Dictionary<string, int>();
        foreach (var entry in node.GetProperty("vocab").EnumerateObject())
            vocabulary[entry.Name] = entry.Value.GetInt32();
        foreach (var symbol in ByteAlphabet.InVocabularyOrder)
        {
            if (!vocabulary.ContainsKey(symbol.ToString()))
                throw new ModelFileException($"{path}: the vocabulary lacks the byte symbol '{symbol}'; byte-level BPE has all 256.");
        }
        var model = new BpeModel(vocabulary, node.TryGetProperty("ignore_merges", out var ignore) && ignore.ValueKind == JsonValueKind.True);
        foreach (var merge in node.GetProperty("merges").EnumerateArray())
            model.AddMerge(merge, path);
        return model;
    }

    /// <summary>The ids of one piece of text; remembered, since pieces repeat.</summary>
    internal int[] Encode(string piece)
    {
        lock (cacheLock)
        {
            if (cache.TryGetValue(piece, out var known))
                return known;
        }
        var ids = Merge(ByteAlphabet.Encode(piece));
        lock (cacheLock)
        {
            if (cache.Count >= CacheLimit)
                cache.Clear();
            cache[piece] = ids;
        }
        return ids;
    }

    private void AddMerge(JsonElement merge, string path)
    {
        var parts = merge.ValueKind == JsonValueKind.Array
            ? [.. merge.EnumerateArray().Select(part => part.GetString()!)]
            : merge.GetString()!.Split(' ');
        if (parts.Length != 2
            || !Vocabulary.TryGetValue(parts[0], out var left)
            || !Vocabulary.TryGetValue(parts[1], out var right)
            || !Vocabulary.TryGetValue(parts[0] + parts[1], out var merged))
        {
            throw new ModelFileException($"{path}: merge {merges.Count} ({merge}) does not join two tokens of the vocabulary into a third.");
        }
        merges.Add(left, right, merged);
    }

    private int[] Merge(string symbols)
    {
        if (ignoreMerges && Vocabulary.TryGetValue(symbols, out var whole))
            return [whole];
        return merges.Apply([.. symbols.Select(symbol => Vocabulary[symbol.ToString()])]);
    }
}
