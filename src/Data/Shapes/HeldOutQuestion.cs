using System.Text.Json.Serialization;

namespace PairUni.Data.Shapes;

/// <summary>A question for evaluation, a line of questions.jsonl.</summary>
public sealed record HeldOutQuestion
{
    /// <summary>The image, relative to the folder of questions.jsonl.</summary>
    [JsonPropertyName("image_path")]
    public required string ImagePath { get; init; }

    /// <summary>The question with its options.</summary>
    [JsonPropertyName("question")]
    public required string Question { get; init; }

    /// <summary>The right answer.</summary>
    [JsonPropertyName("answer")]
    public required string Answer { get; init; }

    /// <summary>Category, for statistics.</summary>
    [JsonPropertyName("tag")]
    public string Tag { get; init; } = "";

    /// <summary>The full path of the image, once read.</summary>
    [JsonIgnore]
    public string ImageFile { get; init; } = "";
}
