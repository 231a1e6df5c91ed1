namespace PairUni.Data.Pairing;

/// <summary>How often a pair comes in an epoch of as many pairs as there are.</summary>
public enum PairSampling
{
    /// <summary>Each pair once.</summary>
    Once,

    /// <summary>In proportion to the similarity; aligned pairs have 1.</summary>
    Similarity,

    /// <summary>In proportion to the square root of the similarity.</summary>
    Sqrt,

    /// <summary>In proportion to the weight that the file gives the pair; 1 where it gives none.</summary>
    Weight,
}
