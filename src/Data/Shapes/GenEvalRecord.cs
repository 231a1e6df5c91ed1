using System.Text.Json;
using System.Text.Json.Serialization;

namespace PairUni.Data.Shapes;

/// <summary>A prompt and what an image of it must show, in GenEval's JSON schema (Ghosh et al. 2023).</summary>
public sealed record GenEvalRecord
{
    /// <summary>The task, one of <see cref="GenEvalTag.All"/>.</summary>
    [JsonPropertyName("tag")]
    public required string Tag { get; init; }

    /// <summary>What must be there.</summary>
    [JsonPropertyName("include")]
    public required IReadOnlyList<GenEvalClause> Include { get; init; }

    /// <summary>What must not be there; empty but for counting.</summary>
    [JsonPropertyName("exclude")]
    public IReadOnlyList<GenEvalClause> Exclude { get; init; } = [];

    /// <summary>The prompt.</summary>
    [JsonPropertyName("prompt")]
    public required string Prompt { get; init; }

    /// <summary>One line of JSON.</summary>
    public string ToJson() => JsonSerializer.Serialize(this);

    /// <summary>Reads one record; its words need not be the shapes world's (see <see cref="RequireShapes"/>).</summary>
    /// <param name="json">The JSON object.</param>
    /// <param name="where">What to call it in an error, file and line for example.</param>
    /// <exception cref="DataFileException">It is no GenEval record.</exception>
    public static GenEvalRecord Parse(string json, string where = "GenEval record")
    {
        GenEvalRecord? record;
        try
        {
            record = JsonSerializer.Deserialize<GenEvalRecord>(json);
        }
        catch (JsonException fault)
        {
            throw new DataFileException($"{where}: this is no GenEval record ({fault.Message}).", fault);
        }
        if (record?.Tag is null || record.Prompt is null || record.Exclude is null || record.Include is not { Count: > 0 }
            || record.Include.Concat(record.Exclude).Any(clause => clause?.Class is null))
        {
            throw new DataFileException($"{where}: a GenEval record needs a tag, a prompt and include clauses with a class each.");
        }
        return record;
    }

    /// <summary>Refuses records that cannot be judged in the shapes world.</summary>
    /// <exception cref="DataFileException">A tag, class, colour, relation or count is none of the shapes world's; the sentence names it.</exception>
    public void RequireShapes(string where)
    {
        if (!GenEvalTag.All.Contains(Tag))
            throw new DataFileException($"{where}: the tag \"{Tag}\" is none of {string.Join(", ", GenEvalTag.All)}.");
        foreach (var clause in Include.Concat(Exclude))
        {
            if (ShapeNames.Shape(clause.Class) is null)
                throw new DataFileException($"{where}: the class \"{clause.Class}\" is no shape; shapes are {string.Join(", ", ShapeNames.Shapes.Select(ShapeNames.Of))}.");
            if (clause.Count is < 1 or > 16)
                throw new DataFileException($"{where}: the count {clause.Count} of {clause.Class} is outside 1 to 16.");
            if (clause.Color is not null && ShapeNames.Colour(clause.Color) is null)
                throw new DataFileException($"{where}: the colour \"{clause.Color}\" is none of {string.Join(", ", ShapeNames.Colours.Select(ShapeNames.Of))}.");
        }
        for (var i = 0; i < Include.Count; i++)
        {
            if (Include[i].Position is { } position && (!ShapeNames.Relations.Contains(position.Relation) || position.Reference < 0 || position.Reference >= i))
                throw new DataFileException($"{where}: the position [{position.Relation}, {position.Reference}] must name a relation ({string.Join(", ", ShapeNames.Relations)}) and an earlier clause.");
        }
    }
}
