using System.Text.Json.Serialization;

namespace PairUni.Data.Shapes;

/// <summary>One thing that an image must (include) or must not (exclude) show.</summary>
public sealed record GenEvalClause
{
    /// <summary>Class name, such as "circle".</summary>
    [JsonPropertyName("class")]
    public required string Class { get; init; }

    /// <summary>How many of them.</summary>
    [JsonPropertyName("count")]
    public required int Count { get; init; }

    /// <summary>Colour name; null when any will do.</summary>
    [JsonPropertyName("color"), JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Color { get; init; }

    /// <summary>Relation to an earlier include clause; null when anywhere will do.</summary>
    [JsonPropertyName("position"), JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public GenEvalPosition? Position { get; init; }
}
