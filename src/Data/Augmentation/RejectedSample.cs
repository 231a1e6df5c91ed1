using System.Text.Json.Serialization;

namespace PairUni.Data.Augmentation;

/// <summary>A sample that was not completed, and why: a line of rejected.jsonl.</summary>
public sealed record RejectedSample
{
    [JsonPropertyName("id")]
    public required string Id { get; init; }

    [JsonPropertyName("source")]
    public required string Source { get; init; }

    /// <summary>refusal, malformed, contradiction, insufficient, or unacceptable (to the endpoint).</summary>
    [JsonPropertyName("kind")]
    public required string Kind { get; init; }

    /// <summary>The annotator's words, or what is wrong with them.</summary>
    [JsonPropertyName("reason")]
    public required string Reason { get; init; }

    [JsonPropertyName("stage"), JsonConverter(typeof(JsonStringEnumConverter<AugmentStage>))]
    public required AugmentStage Stage { get; init; }

    /// <summary>The caption, as far as it came.</summary>
    [JsonPropertyName("prompt")]
    public required string Prompt { get; init; }

    [JsonPropertyName("question")]
    public required string Question { get; init; }

    [JsonPropertyName("answer")]
    public required string Answer { get; init; }

    [JsonPropertyName("model")]
    public required string Model { get; init; }

    /// <summary>Version of the prompt that led to it.</summary>
    [JsonPropertyName("prompt_version")]
    public required string PromptVersion { get; init; }
}
