using System.Text.Json;
using System.Text.Json.Serialization;

namespace PairUni.Data.PairUg;

/// <summary>One understanding-generation pair, a line of a PairUG file.</summary>
public sealed record PairRecord
{
    /// <summary>Cosine of the two images' features, 0 to 1; null counts as 1.</summary>
    [JsonPropertyName("similarity"), JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public double? Similarity { get; init; }

    /// <summary>How often the pair comes when runs sample by weight, relative to others; null counts as 1.</summary>
    [JsonPropertyName("weight"), JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public double? Weight { get; init; }

    /// <summary>The half whose prompt is drawn.</summary>
    [JsonPropertyName("generate_ann")]
    public required PairSide Generate { get; init; }

    /// <summary>The half whose question is answered.</summary>
    [JsonPropertyName("understand_ann")]
    public required PairSide Understand { get; init; }

    /// <summary>Fields that PairUni does not know; kept when the record is written again.</summary>
    [JsonExtensionData]
    public Dictionary<string, JsonElement>? Unknown { get; init; }

    /// <summary>Both halves are about the same image.</summary>
    [JsonIgnore]
    public bool Aligned => Generate.ImagePath == Understand.ImagePath;
}
