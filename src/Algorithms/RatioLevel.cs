namespace PairUni.Algorithms;

/// <summary>What one importance weight belongs to.</summary>
public enum RatioLevel
{
    /// <summary>Each token has its own: low variance, some bias.</summary>
    Token,

    /// <summary>The product over the sequence, for all its tokens: unbiased, high variance.</summary>
    Sequence,

    /// <summary>The geometric mean over the sequence, for all its tokens.</summary>
    Geometric,
}
