using System.Text.Json;
using PairUni.Data.Shapes;

namespace PairUni.Data.PairUg;

/// <summary>Turns one line of JSON into a pair, or says what is wrong with it.</summary>
internal static class PairRecordParser
{
    private static readonly HashSet<string> SideFields = ["image_path", "prompt", "question", "answer", "tag", "geneval"];
    private static readonly HashSet<string> PairFields = ["similarity", "weight", "generate_ann", "understand_ann"];

    /// <exception cref="DataFileException">The line is no JSON object, a field is missing or has the wrong type or range.</exception>
    internal static PairRecord Parse(string line, string where)
    {
        using var document = Document(line, where);
        var root = document.RootElement;
        if (root.ValueKind != JsonValueKind.Object)
            throw new DataFileException($"{where}: a line must be a JSON object with \"generate_ann\" and \"understand_ann\".");
        return new PairRecord
        {
            Similarity = Number(root, "similarity", 1, "from 0 to 1", where),
            Weight = Number(root, "weight", 1e9, "from 0 to 1e9", where),
            Generate = Side(root, "generate_ann", ["image_path", "prompt"], where),
            Understand = Side(root, "understand_ann", ["image_path", "question", "answer"], where),
            Unknown = Unknown(root, PairFields),
        };
    }

    private static JsonDocument Document(string line, string where)
    {
        try
        {
            return JsonDocument.Parse(line);
        }
        catch (JsonException fault)
        {
            throw new DataFileException($"{where}: the line is broken JSON (near character {fault.BytePositionInLine + 1}).", fault);
        }
    }

    private static double? Number(JsonElement root, string field, double most, string range, string where)
    {
        if (!root.TryGetProperty(field, out var value) || value.ValueKind == JsonValueKind.Null)
            return null;
        return value.ValueKind == JsonValueKind.Number && value.TryGetDouble(out var number) && number >= 0 && number <= most
            ? number
            : throw new DataFileException($"{where}: \"{field}\" is {value.GetRawText()}; it must be a number {range}.");
    }

    private static PairSide Side(JsonElement root, string name, string[] required, string where)
    {
        if (!root.TryGetProperty(name, out var side) || side.ValueKind != JsonValueKind.Object)
            throw new DataFileException($"{where}: \"{name}\" is missing or no object.");
        foreach (var field in required)
        {
            if (Text(side, field, name, where).Length == 0)
                throw new DataFileException($"{where}: \"{name}.{field}\" is missing or empty.");
        }
        return new PairSide
        {
            ImagePath = Text(side, "image_path", name, where),
            Prompt = Text(side, "prompt", name, where),
            Question = Text(side, "question", name, where),
            Answer = Text(side, "answer", name, where),
            Tag = Text(side, "tag", name, where),
            GenEval = side.TryGetProperty("geneval", out var record) && record.ValueKind != JsonValueKind.Null
                ? GenEvalRecord.Parse(record.GetRawText(), $"{where}: \"{name}.geneval\"")
                : null,
            Unknown = Unknown(side, SideFields),
        };
    }

    private static string Text(JsonElement side, string field, string name, string where)
    {
        if (!side.TryGetProperty(field, out var value) || value.ValueKind == JsonValueKind.Null)
            return "";
        return value.ValueKind == JsonValueKind.String
            ? value.GetString()!
            : throw new DataFileException($"{where}: \"{name}.{field}\" must be text, not {value.GetRawText()}.");
    }

    private static Dictionary<string, JsonElement>? Unknown(JsonElement node, HashSet<string> known)
    {
        var unknown = node.EnumerateObject().Where(field => !known.Contains(field.Name)).DistinctBy(field => field.Name)
            .ToDictionary(field => field.Name, field => field.Value.Clone());
        return unknown.Count == 0 ? null : unknown;
    }
}
