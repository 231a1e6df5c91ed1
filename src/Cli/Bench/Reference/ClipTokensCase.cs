using System.Text.Json;
using PairUni.Modeling.Text;

namespace PairUni.Cli.Bench.Reference;

/// <summary>CLIP's tokenizer: cleaned texts, ids and padded rows; one row for each kind, counting the prompts that differ.</summary>
internal static class ClipTokensCase
{
    /// <param name="tokenizer">CLIP's.</param>
    /// <param name="file">case8_tokens.json.</param>
    /// <param name="rows">Where rows go.</param>
    public static void Run(ClipTokenizer tokenizer, string file, ICollection<ReferenceRow> rows)
    {
        using var document = JsonDocument.Parse(File.ReadAllBytes(file));
        var length = document.RootElement.GetProperty("context_length").GetInt32();
        JsonElement[] prompts = [.. document.RootElement.GetProperty("prompts").EnumerateArray()];
        void Count(string what, Func<JsonElement, bool> isSame) =>
            rows.Add(new($"clip_bpe/{Path.GetFileNameWithoutExtension(file)}", $"{what} of {prompts.Length} prompts", 0, prompts.Count(prompt => !isSame(prompt))));

        Count("cleaned texts", prompt => ClipTokenizer.Clean(Text(prompt)) == prompt.GetProperty("after_ftfy_and_unescape").GetString());
        Count("ids", prompt => tokenizer.Encode(Text(prompt)).SequenceEqual(Ints(prompt, "ids_without_sot_eot_before_truncation")));
        Count("rows", prompt => tokenizer.Row(Text(prompt), length).SequenceEqual(Ints(prompt, "row")));
    }

    private static string Text(JsonElement prompt) => prompt.GetProperty("text").GetString()!;

    private static IEnumerable<int> Ints(JsonElement prompt, string key) => prompt.GetProperty(key).EnumerateArray().Select(id => id.GetInt32());
}
