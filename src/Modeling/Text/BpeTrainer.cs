using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace PairUni.Modeling.Text;

/// <summary>
/// Trains a small byte-level BPE tokenizer with Janus' pre-tokenizer and special tokens: the 256 byte symbols, then the
/// merges of the most frequent pairs, then the special tokens. Deterministic: equal counts go to the pair with the smaller ids.
/// </summary>
public static class BpeTrainer
{
    /// <summary>Trains on a corpus and writes tokenizer.json, tokenizer_config.json and special_tokens_map.json into a folder.</summary>
    /// <param name="corpus">Texts, with or without chat markup; special tokens in them are passed over.</param>
    /// <param name="vocabSize">Size of the vocabulary with byte symbols and special tokens; smaller when the corpus has no more pairs to merge.</param>
    /// <param name="folder">Existing folder to write to.</param>
    /// <param name="minPairCount">Pairs seen less often are not merged.</param>
    /// <param name="maxLength">Value of model_max_length, in tokens.</param>
    /// <returns>The tokenizer just written.</returns>
    public static JanusTokenizer Train(IEnumerable<string> corpus, int vocabSize, string folder, int minPairCount = 2, int maxLength = 4096)
    {
        var special = SpecialTokenNames.All;
        ArgumentOutOfRangeException.ThrowIfLessThan(vocabSize, 256 + special.Count);
        var preTokenizer = DeepSeekPreTokenizer.ToJson();
        using var parsed = JsonDocument.Parse(preTokenizer.ToJsonString());
        var tokens = ByteAlphabet.InVocabularyOrder.Select(symbol => symbol.ToString()).ToList();
        var words = Words(corpus, PreTokenizer.Parse(parsed.RootElement, "the built-in pre-tokenizer"), tokens);
        var merges = Merge(words, tokens, vocabSize - special.Count, minPairCount);
        Write(folder, preTokenizer, tokens, merges, special, maxLength);
        return JanusTokenizer.Load(folder);
    }

    private static List<(int[] Ids, int Count)> Words(IEnumerable<string> corpus, PreTokenizer preTokenizer, List<string> tokens)
    {
        var idOf = tokens.Select((token, id) => (token, id)).ToDictionary(pair => pair.token[0], pair => pair.id);
        var counts = new SortedDictionary<string, int>(StringComparer.Ordinal);
        var special = new AddedTokens([.. SpecialTokenNames.All.Select((name, id) => new AddedToken(id, name, true, false, false, false))]);
        foreach (var piece in corpus.SelectMany(special.Split).Where(part => part.Token is null).SelectMany(part => preTokenizer.Split(part.Text)))
            counts[piece] = counts.GetValueOrDefault(piece) + 1;
        return [.. counts.Select(word => (ByteAlphabet.Encode(word.Key).Select(symbol => idOf[symbol]).ToArray(), word.Value))];
    }

    private static List<(int Left, int Right)> Merge(List<(int[] Ids, int Count)> words, List<string> tokens, int size, int minPairCount)
    {
        var merges = new List<(int Left, int Right)>();
        while (tokens.Count < size)
        {
            var counts = new Dictionary<(int Left, int Right), int>();
            foreach (var (ids, count) in words)
                for (var i = 0; i + 1 < ids.Length; i++)
                    counts[(ids[i], ids[i + 1])] = counts.GetValueOrDefault((ids[i], ids[i + 1])) + count;
            if (counts.Count == 0)
                break;
            var (pair, most) = counts.OrderByDescending(entry => entry.Value).ThenBy(entry => entry.Key).First();
            if (most < minPairCount)
                break;
            var text = tokens[pair.Left] + tokens[pair.Right];
            var merged = tokens.IndexOf(text);
            if (merged < 0)
            {
                merged = tokens.Count;
                tokens.Add(text);
            }
            for (var i = 0; i < words.Count; i++)
                words[i] = (Join(words[i].Ids, pair, merged), words[i].Count);
            merges.Add(pair);
        }
        return merges;
    }

    private static int[] Join(int[] ids, (int Left, int Right) pair, int merged)
    {
        var joined = new List<int>(ids.Length);
        for (var i = 0; i < ids.Length; i++)
        {
            var fits = i + 1 < ids.Length && ids[i] == pair.Left && ids[i + 1] == pair.Right;
            joined.Add(fits ? merged : ids[i]);
            if (fits)
                i++;
        }
        return [.. joined];
    }

    private static void Write(string folder, JsonObject preTokenizer, List<string> tokens, List<(int Left, int Right)> merges, IReadOnlyList<string> special, int maxLength)
    {
        var bosId = tokens.Count;
        var tokenizer = new JsonObject
        {
            ["version"] = "1.0",
            ["truncation"] = null,
            ["padding"] = null,
            ["added_tokens"] = new JsonArray([.. special.Select((content, i) => AddedToken(bosId + i, content))]),
            ["normalizer"] = new JsonObject { ["type"] = "Sequence", ["normalizers"] = new JsonArray() },
            ["pre_tokenizer"] = preTokenizer,
            ["post_processor"] = PostProcessor(bosId),
            ["decoder"] = new JsonObject { ["type"] = "ByteLevel", ["add_prefix_space"] = true, ["trim_offsets"] = true, ["use_regex"] = true },
            ["model"] = new JsonObject
            {
                ["type"] = "BPE",
                ["dropout"] = null,
                ["unk_token"] = null,
                ["continuing_subword_prefix"] = null,
                ["end_of_word_suffix"] = null,
                ["fuse_unk"] = false,
                ["byte_fallback"] = false,
                ["vocab"] = new JsonObject(tokens.Select((token, id) => KeyValuePair.Create(token, (JsonNode?)id))),
                ["merges"] = new JsonArray([.. merges.Select(pair => (JsonNode)$"{tokens[pair.Left]} {tokens[pair.Right]}")]),
            },
        };
        var config = new JsonObject
        {
            ["add_bos_token"] = true,
            ["add_eos_token"] = false,
            ["bos_token"] = SpecialTokenNames.Bos,
            ["eos_token"] = SpecialTokenNames.Eos,
            ["pad_token"] = SpecialTokenNames.Pad,
            ["model_max_length"] = maxLength,
            ["clean_up_tokenization_spaces"] = false,
            ["tokenizer_class"] = "LlamaTokenizerFast",
            ["unk_token"] = null,
        };
        var map = new JsonObject
        {
            ["bos_token"] = SpecialTokenNames.Bos,
            ["eos_token"] = SpecialTokenNames.Eos,
            ["pad_token"] = SpecialTokenNames.Pad,
            ["additional_special_tokens"] = new JsonArray([.. special.Skip(3).Select(content => (JsonNode)content)]),
        };
        WriteJson(folder, JanusTokenizer.FileName, tokenizer);
        WriteJson(folder, JanusTokenizer.ConfigFileName, config);
        WriteJson(folder, JanusTokenizer.SpecialTokensFileName, map);
    }

    private static JsonObject AddedToken(int id, string content) => new()
    {
        ["id"] = id,
        ["content"] = content,
        ["single_word"] = false,
        ["lstrip"] = false,
        ["rstrip"] = false,
        ["normalized"] = false,
        ["special"] = true,
    };

    private static JsonObject PostProcessor(int bosId)
    {
        static JsonObject Bos(int type) => new() { ["SpecialToken"] = new JsonObject { ["id"] = SpecialTokenNames.Bos, ["type_id"] = type } };
        static JsonObject Text(string id, int type) => new() { ["Sequence"] = new JsonObject { ["id"] = id, ["type_id"] = type } };
        return new JsonObject
        {
            ["type"] = "TemplateProcessing",
            ["single"] = new JsonArray(Bos(0), Text("A", 0)),
            ["pair"] = new JsonArray(Bos(0), Text("A", 0), Bos(1), Text("B", 1)),
            ["special_tokens"] = new JsonObject
            {
                [SpecialTokenNames.Bos] = new JsonObject
                {
                    ["id"] = SpecialTokenNames.Bos,
                    ["ids"] = new JsonArray(bosId),
                    ["tokens"] = new JsonArray(SpecialTokenNames.Bos),
                },
            },
        };
    }

    private static void WriteJson(string folder, string name, JsonObject content)
    {
        var options = new JsonSerializerOptions { WriteIndented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };
        File.WriteAllText(Path.Combine(folder, name), content.ToJsonString(options) + "\n");
    }
}
