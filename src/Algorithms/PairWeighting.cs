namespace PairUni.Algorithms;

/// <summary>How a retrieved pair's similarity becomes the weight on its advantages.</summary>
public enum PairWeighting
{
    /// <summary>Every pair weighs 1.</summary>
    None,

    /// <summary>The similarity itself.</summary>
    Linear,

    /// <summary>The square root of the similarity.</summary>
    Sqrt,
}
