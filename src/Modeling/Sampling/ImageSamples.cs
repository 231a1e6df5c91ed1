using PairUni.Modeling.Images;

namespace PairUni.Modeling.Sampling;

// G samples, N tokens of an image

/// <summary>A group of images as drawn.</summary>
public sealed record ImageSamples
{
    /// <summary>[G][N] codes in raster order.</summary>
    public required int[][] Tokens { get; init; }

    /// <summary>[G][N] log-probability of each token under the conditional logits divided by the temperature; what training recomputes.</summary>
    public required float[][] LogpConditional { get; init; }

    /// <summary>[G][N] log-probability of each token under the law it was drawn from, guidance included.</summary>
    public required float[][] LogpSampler { get; init; }

    /// <summary>The G decoded images; empty if not asked for.</summary>
    public RgbImage[] Images { get; init; } = [];
}
