using System.Text.Json.Serialization;

namespace PairUni.Learner.Eval;

/// <summary>One image drawn for a held-out prompt and the judge's verdict.</summary>
public sealed record EvalImage
{
    public required string Tag { get; init; }

    public required string Prompt { get; init; }

    /// <summary>Index of the prompt in the suite, from 0.</summary>
    public required int PromptIndex { get; init; }

    /// <summary>Index of the image among the prompt's images, from 0.</summary>
    public required int Sample { get; init; }

    /// <summary>Whether what was asked for is there (what the tables count).</summary>
    public required bool Permissive { get; init; }

    /// <summary>Whether what was asked for is there and nothing else.</summary>
    public required bool Strict { get; init; }

    /// <summary>Share of the prompt's parts that are satisfied, 0..1.</summary>
    public required double Dense { get; init; }

    /// <summary>What the judge found.</summary>
    public string Reason { get; init; } = "";

    /// <summary>The image as a PNG file; written beside the report, never into it.</summary>
    [JsonIgnore]
    public ReadOnlyMemory<byte> Png { get; init; }
}
