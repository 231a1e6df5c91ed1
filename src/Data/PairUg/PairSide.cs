using System.Text.Json;
using System.Text.Json.Serialization;
using PairUni.Data.Shapes;

namespace PairUni.Data.PairUg;

/// <summary>One half of a pair: an image with its prompt and a question about it.</summary>
public sealed record PairSide
{
    /// <summary>The image, relative to the folder of the JSONL file and inside it.</summary>
    [JsonPropertyName("image_path")]
    public required string ImagePath { get; init; }

    /// <summary>What to draw; the generation half must have it.</summary>
    [JsonPropertyName("prompt")]
    public string Prompt { get; init; } = "";

    /// <summary>What to answer about the image; the understanding half must have it.</summary>
    [JsonPropertyName("question")]
    public string Question { get; init; } = "";

    /// <summary>The right answer; the understanding half must have it.</summary>
    [JsonPropertyName("answer")]
    public string Answer { get; init; } = "";

    /// <summary>Category, for statistics only.</summary>
    [JsonPropertyName("tag")]
    public string Tag { get; init; } = "";

    /// <summary>What an image of the prompt must show, for rewards that check it; null when the data has none.</summary>
    [JsonPropertyName("geneval"), JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public GenEvalRecord? GenEval { get; init; }

    /// <summary>Fields that PairUni does not know; kept when the record is written again.</summary>
    [JsonExtensionData]
    public Dictionary<string, JsonElement>? Unknown { get; init; }
}
