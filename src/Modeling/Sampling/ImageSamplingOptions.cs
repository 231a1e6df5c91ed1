namespace PairUni.Modeling.Sampling;

/// <summary>How image tokens are drawn.</summary>
public sealed record ImageSamplingOptions
{
    /// <summary>Divides the logits; above 0, or 0 for the likeliest token. 1 is the original's.</summary>
    public double Temperature { get; init; } = 1;

    /// <summary>Weight w of classifier-free guidance, logits = uncond + w * (cond - uncond); 1 draws from the conditional law alone. 5 is the original's.</summary>
    public double CfgWeight { get; init; } = 5;

    /// <summary>Stops after this many tokens, from 1 on; such an image is incomplete and cannot be decoded. Null draws all of it.</summary>
    public int? MaxTokens { get; init; }

    /// <summary>Whether the tokens are decoded to images at once.</summary>
    public bool Decode { get; init; } = true;
}
