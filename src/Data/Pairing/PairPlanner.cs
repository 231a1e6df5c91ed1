namespace PairUni.Data.Pairing;

/// <summary>
/// Plans the pairs of two large pools as PairUni does (section 2): medoids of mini-batch k-means over both become aligned pairs, the rest is
/// matched one to one by decreasing cosine.
/// </summary>
public static class PairPlanner
{
    /// <summary>Plans.</summary>
    /// <param name="understand">Vectors of length 1.</param>
    /// <param name="generate">Vectors of length 1.</param>
    /// <param name="clusters">Number of clusters, hence of aligned pairs at most.</param>
    /// <param name="threshold">Least cosine of a retrieved pair, above 0.</param>
    /// <param name="retrieved">Retrieved pairs at most, the most similar ones.</param>
    /// <param name="canAlign">Whether a sample, counted through both pools, can serve both tasks.</param>
    /// <param name="seed">The same seed gives the same plan.</param>
    /// <param name="progress">Told what is being done.</param>
    public static PairPlan Plan(
        FeatureMatrix understand, FeatureMatrix generate, int clusters, double threshold, int retrieved, Func<int, bool> canAlign, ulong seed, Action<string>? progress = null)
    {
        progress?.Invoke($"looking for {clusters} central images among {understand.Count + generate.Count}");
        var medoids = clusters == 0 ? [] : MiniBatchKMeans.Medoids([understand, generate], clusters, canAlign, new SeededRandom(seed));
        var alignedUnderstand = medoids.Where(i => i < understand.Count).ToHashSet();
        var alignedGenerate = medoids.Where(i => i >= understand.Count).Select(i => i - understand.Count).ToHashSet();
        progress?.Invoke($"matching {generate.Count - alignedGenerate.Count} with {understand.Count - alignedUnderstand.Count} images");
        var pairs = new GreedyMatching(understand, generate, alignedUnderstand, threshold).Run(alignedGenerate, retrieved);
        return new PairPlan([.. alignedUnderstand.Order()], [.. alignedGenerate.Order()], pairs);
    }

    /// <summary>The largest cosine of a sample of one pool with one of the other.</summary>
    public static double Largest(FeatureMatrix understand, FeatureMatrix generate) =>
        new NearestRows(understand).Find(generate, [.. Enumerable.Range(0, generate.Count)], 1, 1, -1, null).Max(found => (double)found.Similarities[0]);
}
