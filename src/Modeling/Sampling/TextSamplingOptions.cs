namespace PairUni.Modeling.Sampling;

/// <summary>How answers are drawn.</summary>
public sealed record TextSamplingOptions
{
    /// <summary>Divides the logits; above 0, or 0 for the likeliest token.</summary>
    public double Temperature { get; init; } = 1;

    /// <summary>Tokens after which an answer is cut off, from 1 on; the end-of-sentence token counts.</summary>
    public int MaxNewTokens { get; init; } = 16;
}
