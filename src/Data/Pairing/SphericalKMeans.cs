namespace PairUni.Data.Pairing;

/// <summary>K-means on vectors of length 1 with the cosine as nearness (Dhillon and Modha 2001).</summary>
internal static class SphericalKMeans
{
    /// <summary>Assigns each vector to a cluster and finds each cluster's most central member.</summary>
    /// <returns>The medoids of the clusters that have members, in cluster order.</returns>
    internal static IReadOnlyList<int> Medoids(IReadOnlyList<float[]> vectors, int clusters, int rounds, SeededRandom random)
    {
        clusters = Math.Min(clusters, vectors.Count);
        var centres = random.Sample(Enumerable.Range(0, vectors.Count), clusters).Select(i => (float[])vectors[i].Clone()).ToArray();
        var nearest = new (int Cluster, float Cosine)[vectors.Count];
        for (var round = 0; round < rounds; round++)
        {
            if (round > 0)
                Recentre(vectors, nearest, centres);
            Parallel.For(0, vectors.Count, i => nearest[i] = Nearest(vectors[i], centres));
        }
        var medoids = new (int Index, float Cosine)[clusters];
        Array.Fill(medoids, (-1, float.NegativeInfinity));
        for (var i = 0; i < vectors.Count; i++)
        {
            if (nearest[i].Cosine > medoids[nearest[i].Cluster].Cosine)
                medoids[nearest[i].Cluster] = (i, nearest[i].Cosine);
        }
        return [.. medoids.Where(medoid => medoid.Index >= 0).Select(medoid => medoid.Index)];
    }

    private static (int Cluster, float Cosine) Nearest(float[] vector, float[][] centres)
    {
        var (best, cosine) = (0, float.NegativeInfinity);
        for (var cluster = 0; cluster < centres.Length; cluster++)
        {
            var candidate = VectorMath.Dot(vector, centres[cluster]);
            if (candidate > cosine)
                (best, cosine) = (cluster, candidate);
        }
        return (best, cosine);
    }

    // A cluster that lost its members keeps its centre.
    private static void Recentre(IReadOnlyList<float[]> vectors, (int Cluster, float Cosine)[] nearest, float[][] centres)
    {
        var sums = new float[centres.Length][];
        for (var i = 0; i < vectors.Count; i++)
        {
            var sum = sums[nearest[i].Cluster] ??= new float[vectors[i].Length];
            for (var d = 0; d < sum.Length; d++)
                sum[d] += vectors[i][d];
        }
        for (var cluster = 0; cluster < centres.Length; cluster++)
        {
            if (sums[cluster] is not { } sum)
                continue;
            var length = MathF.Sqrt(VectorMath.Dot(sum, sum));
            if (length > 0)
                centres[cluster] = [.. sum.Select(value => value / length)];
        }
    }
}
