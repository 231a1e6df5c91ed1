namespace PairUni.Algorithms;

/// <summary>The scalar that multiplies both advantages of an understanding-generation pair (PairUni, section 3).</summary>
public static class PairWeight
{
    /// <summary>
    /// 1 for an aligned pair, otherwise the similarity under <paramref name="weighting"/>; similarities outside 0..1 count as the
    /// nearest end. Apply it after standardisation: before, it cancels.
    /// </summary>
    public static double Of(PairWeighting weighting, double similarity, bool aligned)
    {
        if (aligned) return 1;
        var s = Math.Clamp(similarity, 0, 1);
        return weighting switch
        {
            PairWeighting.None => 1,
            PairWeighting.Linear => s,
            PairWeighting.Sqrt => Math.Sqrt(s),
            _ => throw new ArgumentOutOfRangeException(nameof(weighting), weighting, "not a pair weighting"),
        };
    }
}
