using System.Text.Json.Serialization;

namespace PairUni.Data.Augmentation;

/// <summary>One line of the log of answers.</summary>
public sealed record LogEntry
{
    /// <summary><see cref="Inquiry.Key"/>.</summary>
    [JsonPropertyName("key")]
    public required string Key { get; init; }

    /// <summary>Number of the answer to this inquiry, from 0; later ones were asked for because the earlier ones were malformed.</summary>
    [JsonPropertyName("try")]
    public required int Try { get; init; }

    /// <summary>The sample's id.</summary>
    [JsonPropertyName("id")]
    public required string Id { get; init; }

    /// <summary>SHA-256 of its image.</summary>
    [JsonPropertyName("sha256")]
    public required string Sha256 { get; init; }

    /// <summary><see cref="Inquiry.DigestOf"/> the sample as the pool has it.</summary>
    [JsonPropertyName("sample")]
    public required string Sample { get; init; }

    [JsonPropertyName("stage"), JsonConverter(typeof(JsonStringEnumConverter<AugmentStage>))]
    public required AugmentStage Stage { get; init; }

    /// <summary>Version of the prompt.</summary>
    [JsonPropertyName("prompt")]
    public required string Prompt { get; init; }

    [JsonPropertyName("model")]
    public required string Model { get; init; }

    [JsonPropertyName("outcome"), JsonConverter(typeof(JsonStringEnumConverter<AnswerOutcome>))]
    public required AnswerOutcome Outcome { get; init; }

    /// <summary>The answer as it came.</summary>
    [JsonPropertyName("text")]
    public required string Text { get; init; }

    [JsonPropertyName("input_tokens")]
    public required long InputTokens { get; init; }

    [JsonPropertyName("output_tokens")]
    public required long OutputTokens { get; init; }

    /// <summary>The annotator did not say how many tokens it used; they are counted at their bound.</summary>
    [JsonPropertyName("estimated")]
    public bool Estimated { get; init; }

    [JsonPropertyName("served_by")]
    public string ServedBy { get; init; } = "";
}
