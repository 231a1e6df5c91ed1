namespace PairUni.Data.Pairing;

/// <summary>How two pools become a PairUG file.</summary>
public sealed record PairingOptions
{
    /// <summary>Clusters, hence aligned pairs at most; null for the paper's share, 4,971 of 107,000 images.</summary>
    public int? Aligned { get; init; }

    /// <summary>Retrieved pairs at most; null for all that there are.</summary>
    public int? Retrieved { get; init; }

    /// <summary>Least similarity of a retrieved pair, above 0 and at most 1.</summary>
    public double Threshold { get; init; } = 0.6;

    /// <summary>Share of the texts in the similarity, 0 (images alone) to 1.</summary>
    public double TextShare { get; init; }

    /// <summary>Subtract the mean of all images' features first: towers whose features all point one way separate images only then.</summary>
    public bool Centred { get; init; }

    /// <summary>Choose retrieved pairs evenly over the tags of their generation halves.</summary>
    public bool Balanced { get; init; }

    /// <summary>The same seed and data give the same file.</summary>
    public ulong Seed { get; init; } = 1;
}
