using System.Text.Json.Serialization;

namespace PairUni.Learner.Eval;

/// <summary>One held-out question and what the model said, greedily.</summary>
public sealed record EvalAnswer
{
    public required string Tag { get; init; }

    public required string Question { get; init; }

    /// <summary>The right answer.</summary>
    public required string Expected { get; init; }

    /// <summary>The model's whole completion.</summary>
    public required string Completion { get; init; }

    public required bool Correct { get; init; }

    /// <summary>Index of the question in the suite, from 0.</summary>
    public required int QuestionIndex { get; init; }

    /// <summary>The image asked about as a PNG file; written beside the report, never into it.</summary>
    [JsonIgnore]
    public ReadOnlyMemory<byte> Png { get; init; }
}
