using System.Text;
using System.Text.Json;

namespace PairUni.Data.Import;

/// <summary>
/// Reads conversations as LLaVA has them: {"id", "image", "conversations": [{"from": "human", "value"}, {"from": "gpt", "value"}, ...]}. Each
/// question with its answer is a sample; records without an image are left out.
/// </summary>
internal static class LlavaSource
{
    private const string ImageMark = "<image>";

    /// <param name="path">A JSON array of conversations, or one a line.</param>
    /// <param name="task">For generation the first answer is the caption.</param>
    public static IEnumerable<SourceRecord> Read(string path, SampleTask task)
    {
        var text = JsonLines.Text(path);
        var elements = text.AsSpan().TrimStart() is ['[', ..] ? Items(text, path) : Lines(path);
        return elements.SelectMany(element => element.Problem is { } problem ? [SourceRecord.Wrong(problem)] : Records(element.Value, element.Where, task));
    }

    private static IEnumerable<(JsonElement Value, string Where, string? Problem)> Lines(string path)
    {
        foreach (var (line, text) in JsonLines.Read(path))
        {
            var where = $"{path}:{line}";
            yield return TryParse(text) is { } value ? (value, where, null) : (default, where, $"{where}: the line is broken JSON.");
        }
    }

    private static JsonElement? TryParse(string text)
    {
        try
        {
            using var document = JsonDocument.Parse(text);
            return document.RootElement.Clone();
        }
        catch (JsonException)
        {
            return null;
        }
    }

    // One element at a time, each with the line that it begins in.
    private static IEnumerable<(JsonElement Value, string Where, string? Problem)> Items(string text, string path)
    {
        var bytes = Encoding.UTF8.GetBytes(text);
        var state = new JsonReaderState();
        var (at, line) = (0, 1);
        while (Next(bytes, path, ref at, ref line, ref state) is { } item)
            yield return (item.Value, $"{path}:{item.Line}", null);
    }

    private static (JsonElement Value, int Line)? Next(byte[] bytes, string path, ref int at, ref int line, ref JsonReaderState state)
    {
        var reader = new Utf8JsonReader(bytes.AsSpan(at), isFinalBlock: true, state);
        try
        {
            reader.Read();
            if (reader.TokenType == JsonTokenType.StartArray && reader.CurrentDepth == 0)
                reader.Read();
            if (reader.TokenType == JsonTokenType.EndArray)
                return null;
            var begins = line + bytes.AsSpan(at, (int)reader.TokenStartIndex).Count((byte)'\n');
            using var value = JsonDocument.ParseValue(ref reader);
            line += bytes.AsSpan(at, (int)reader.BytesConsumed).Count((byte)'\n');
            at += (int)reader.BytesConsumed;
            state = reader.CurrentState;
            return (value.RootElement.Clone(), begins);
        }
        catch (JsonException fault)
        {
            throw new DataFileException($"{path}:{line + fault.LineNumber}: the JSON is broken (near character {fault.BytePositionInLine + 1}).", fault);
        }
    }

    private static IEnumerable<SourceRecord> Records(JsonElement root, string where, SampleTask task)
    {
        if (root.ValueKind != JsonValueKind.Object || !root.TryGetProperty("conversations", out var turns) || turns.ValueKind != JsonValueKind.Array)
            return [SourceRecord.Wrong($"{where}: a conversation must be an object with \"conversations\", a list of turns.")];
        var image = Word(root, "image");
        if (image is null)
            return [root.TryGetProperty("image", out var other) && other.ValueKind != JsonValueKind.Null ? SourceRecord.Wrong($"{where}: \"image\" must be one path.") : SourceRecord.WithoutImage];
        var said = turns.EnumerateArray().Select(turn => (From: Word(turn, "from"), Value: Word(turn, "value"))).ToArray();
        if (said.Any(turn => turn.From is null || turn.Value is null))
            return [SourceRecord.Wrong($"{where}: each turn of a conversation needs \"from\" and \"value\".")];
        var exchanges = said.Zip(said.Skip(1)).Where(turns => turns.First.From is "human" or "user" && turns.Second.From is "gpt" or "assistant").ToArray();
        if (exchanges.Length == 0)
            return [SourceRecord.Wrong($"{where}: the conversation has no question of a human with an answer of gpt after it.")];
        var id = Word(root, "id");
        return task == SampleTask.Generate
            ? [new SourceSample(where, id, image) { Prompt = exchanges[0].Second.Value!.Trim(), Tag = Word(root, "tag") }]
            : exchanges.Select((exchange, turn) => (SourceRecord)new SourceSample(where, id is null || exchanges.Length == 1 ? id : $"{id}#{turn + 1}", image)
            {
                Question = exchange.First.Value!.Replace(ImageMark, "", StringComparison.Ordinal).Trim(),
                Answer = exchange.Second.Value!.Trim(),
                Tag = Word(root, "tag"),
            });
    }

    private static string? Word(JsonElement element, string name) =>
        element.ValueKind == JsonValueKind.Object && element.TryGetProperty(name, out var value)
            ? value.ValueKind switch { JsonValueKind.String => value.GetString(), JsonValueKind.Number => value.GetRawText(), _ => null }
            : null;
}
