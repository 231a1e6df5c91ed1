using System.Text.Json;

namespace PairUni.Data.Import;

/// <summary>Reads samples from JSON Lines with mapped fields.</summary>
internal static class JsonlSource
{
    public static IEnumerable<SourceRecord> Read(string path, FieldMap map)
    {
        foreach (var (line, text) in JsonLines.Read(path))
            yield return Record(text, map, $"{path}:{line}");
    }

    private static SourceRecord Record(string text, FieldMap map, string where)
    {
        try
        {
            using var document = JsonDocument.Parse(text);
            var root = document.RootElement;
            return root.ValueKind == JsonValueKind.Object
                ? map.Sample(field => Text(root, field, map, where), [.. root.EnumerateObject().Select(property => property.Name)], where)
                : SourceRecord.Wrong($"{where}: a line must be a JSON object.");
        }
        catch (JsonException fault)
        {
            return SourceRecord.Wrong($"{where}: the line is broken JSON (near character {fault.BytePositionInLine + 1}).");
        }
        catch (DataFileException problem)
        {
            return SourceRecord.Wrong(problem.Message);
        }
    }

    private static string? Text(JsonElement root, string field, FieldMap map, string where)
    {
        var at = root;
        if (!root.TryGetProperty(field, out at) && !Follow(root, field, out at))
            return null;
        return at.ValueKind switch
        {
            JsonValueKind.String => at.GetString(),
            JsonValueKind.Number => at.GetRawText(),
            JsonValueKind.True => "yes",
            JsonValueKind.False => "no",
            JsonValueKind.Null => null,
            JsonValueKind.Object when map.IsRecord(field) => at.GetRawText(),
            _ => throw new DataFileException($"{where}: the field \"{field}\" is an {(at.ValueKind == JsonValueKind.Array ? "array" : "object")}, but text is needed; map a field inside it, such as {field}.{(at.ValueKind == JsonValueKind.Array ? "0" : "text")}."),
        };
    }

    private static bool Follow(JsonElement root, string field, out JsonElement at)
    {
        at = root;
        foreach (var step in field.Split('.'))
        {
            if (at.ValueKind == JsonValueKind.Object && at.TryGetProperty(step, out var inner))
                at = inner;
            else if (at.ValueKind == JsonValueKind.Array && int.TryParse(step, out var index) && index >= 0 && index < at.GetArrayLength())
                at = at[index];
            else
                return false;
        }
        return true;
    }
}
