using System.Text.Json;
using PairUni.Modeling.Text;

namespace PairUni.Cli.Bench.Reference;

/// <summary>Byte-level BPE: ids, pieces and decoded texts; one row for each kind, counting the texts that differ.</summary>
internal static class TokenizerCase
{
    /// <param name="folder">Holds tokenizer.json and cases.json.</param>
    /// <param name="rows">Where rows go.</param>
    public static void Run(string folder, ICollection<ReferenceRow> rows)
    {
        var tokenizer = JanusTokenizer.Load(folder);
        using var document = JsonDocument.Parse(File.ReadAllBytes(Path.Combine(folder, "cases.json")));
        JsonElement[] encode = [.. document.RootElement.GetProperty("encode").EnumerateArray()];
        JsonElement[] decode = [.. document.RootElement.GetProperty("decode").EnumerateArray()];
        void Count(string what, IEnumerable<bool> same) => rows.Add(new("tokenizer", what, 0, same.Count(isSame => !isSame)));

        Count($"ids of {encode.Length} texts", encode.Select(one => tokenizer.Encode(Text(one, "text")).SequenceEqual(Ints(one, "ids"))));
        Count(
            $"ids of {encode.Length} texts without special tokens",
            encode.Select(one => tokenizer.Encode(Text(one, "text"), addBos: false).SequenceEqual(Ints(one, "ids_without_special_tokens"))));
        Count($"pieces of {encode.Length} texts", encode.Select(one => tokenizer.Pieces(Text(one, "text")).SequenceEqual(Pieces(one))));
        Count($"texts of {decode.Length} lists of ids", decode.Select(one => tokenizer.Decode(Ints(one, "ids")) == Text(one, "skip_special_tokens")));
        Count(
            $"texts of {decode.Length} lists of ids with special tokens",
            decode.Select(one => tokenizer.Decode(Ints(one, "ids"), skipSpecial: false) == Text(one, "keep_special_tokens")));
    }

    private static string Text(JsonElement one, string key) => one.GetProperty(key).GetString()!;

    private static int[] Ints(JsonElement one, string key) => [.. one.GetProperty(key).EnumerateArray().Select(id => id.GetInt32())];

    // A list stands for a stretch between added tokens.
    private static IEnumerable<string> Pieces(JsonElement one) => one.GetProperty("pieces").EnumerateArray()
        .SelectMany(piece => piece.ValueKind == JsonValueKind.Array ? piece.EnumerateArray().Select(part => part.GetString()!) : [piece.GetString()!]);
}
