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

    /// <summary>Reads one record.</summary>
    /// <exception cref="DataFileException">It is no GenEval record, or names a class, colour or relation outside the shapes world.</exception>
    public static GenEvalRecord Parse(string json, string where = "GenEval record")
    {
        try
        {
            var record = JsonSerializer.Deserialize<GenEvalRecord>(json) ?? throw new JsonException("it is null.");
            record.Check(where);
            return record;
        }
        catch (JsonException fault)
        {
            throw new DataFileException($"{where}: this is no GenEval record ({fault.Message}).", fault);
        }
    }

    /// <summary>Refuses words that the shapes world does not know and clauses that cannot be judged.</summary>
    /// <exception cref="DataFileException">Names the offending value.</exception>
    public void Check(string where)
    {
        if (!GenEvalTag.All.Contains(Tag))
            throw new DataFileException($"{where}: the tag \"{Tag}\" is none of {string.Join(", ", GenEvalTag.All)}.");
        if (Include is null || Exclude is null || Prompt is null || Include.Count == 0)
            throw new DataFileException($"{where}: a GenEval record needs a prompt and at least one include clause.");
        foreach (var clause in Include.Concat(Exclude))
        {
            if (clause?.Class is null || ShapeNames.Shape(clause.Class) is null)
                throw new DataFileException($"{where}: the class \"{clause?.Class}\" is no shape; shapes are {string.Join(", ", ShapeNames.Shapes.Select(ShapeNames.Of))}.");
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
