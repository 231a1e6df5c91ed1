namespace PairUni.Data.Pairing;

/// <summary>
/// Pairs an understanding pool with a generation pool as PairUni does (section 2): the medoids of k-means clusters over both pools
/// become aligned pairs; the rest is matched one to one by decreasing cosine down to a threshold.
/// </summary>
public static class PairBuilder
{
    private const int Rounds = 4;

    /// <summary>Makes the plan. Ties go to the smaller generation index, then the smaller understanding index.</summary>
    /// <param name="understand">Features of the understanding pool, each of length 1.</param>
    /// <param name="generate">Features of the generation pool, each of length 1.</param>
    /// <param name="clusters">Number of clusters, hence of aligned pairs; a few less when clusters stay empty.</param>
    /// <param name="threshold">Least cosine of a retrieved pair, 0 to 1.</param>
    /// <param name="random">Chooses the first cluster centres.</param>
    public static PairPlan Build(IReadOnlyList<float[]> understand, IReadOnlyList<float[]> generate, int clusters, double threshold, SeededRandom random)
    {
        var medoids = clusters == 0 ? [] : SphericalKMeans.Medoids([.. understand, .. generate], clusters, Rounds, random);
        var alignedUnderstand = medoids.Where(i => i < understand.Count).ToHashSet();
        var alignedGenerate = medoids.Where(i => i >= understand.Count).Select(i => i - understand.Count).ToHashSet();
        return new PairPlan([.. alignedUnderstand.Order()], [.. alignedGenerate.Order()],
            Match(understand, generate, alignedUnderstand, alignedGenerate, threshold));
    }

    private static List<RetrievedPair> Match(
        IReadOnlyList<float[]> understand, IReadOnlyList<float[]> generate, HashSet<int> usedUnderstand, HashSet<int> usedGenerate, double threshold)
    {
        var rows = new RetrievedPair[generate.Count][];
        Parallel.For(0, generate.Count, g => rows[g] = usedGenerate.Contains(g) ? [] : Candidates(understand, generate[g], g, usedUnderstand, threshold));
        var edges = rows.SelectMany(row => row).ToArray();
        Array.Sort(edges, static (a, b) => (b.Similarity, a.Generate, a.Understand).CompareTo((a.Similarity, b.Generate, b.Understand)));
        var (freeUnderstand, freeGenerate) = (Enumerable.Repeat(true, understand.Count).ToArray(), Enumerable.Repeat(true, generate.Count).ToArray());
        var pairs = new List<RetrievedPair>();
        foreach (var edge in edges)
        {
            if (!freeUnderstand[edge.Understand] || !freeGenerate[edge.Generate])
                continue;
            (freeUnderstand[edge.Understand], freeGenerate[edge.Generate]) = (false, false);
            pairs.Add(edge);
        }
        return pairs;
    }

    private static RetrievedPair[] Candidates(IReadOnlyList<float[]> understand, float[] features, int generate, HashSet<int> used, double threshold)
    {
        var candidates = new List<RetrievedPair>();
        for (var u = 0; u < understand.Count; u++)
        {
            var similarity = ImageFeatures.Similarity(understand[u], features);
            if (similarity >= threshold && !used.Contains(u))
                candidates.Add(new RetrievedPair(u, generate, similarity));
        }
        return [.. candidates];
    }
}
