namespace PairUni.Data.Pairing;

/// <summary>
/// K-means on vectors of length 1 that looks at a batch at a time (Sculley 2010): a centre moves towards each of its samples by one part in
/// the number it has had. Made for thousands of clusters over a hundred thousand samples.
/// </summary>
internal static class MiniBatchKMeans
{
    private const int Batch = 4096;
    private const int LeastRounds = 20;

    /// <summary>Each cluster's most central sample.</summary>
    /// <param name="vectors">The samples of all pools, one matrix after the other; each vector of length 1.</param>
    /// <param name="clusters">Number of clusters.</param>
    /// <param name="eligible">Samples that may be the medoid of their cluster.</param>
    /// <returns>Indices counted through the matrices, of the clusters that have an eligible sample, rising.</returns>
    public static IReadOnlyList<int> Medoids(IReadOnlyList<FeatureMatrix> vectors, int clusters, Func<int, bool> eligible, SeededRandom random)
    {
        var all = new Stacked(vectors);
        clusters = Math.Min(clusters, all.Count);
        if (clusters == 0)
            return [];
        var order = random.Sample(Enumerable.Range(0, all.Count), all.Count);
        var centres = new FeatureMatrix(clusters, vectors[0].Width);
        all.Copy(order[..clusters], centres);
        var (seen, at) = (new int[clusters], 0);
        for (var round = 0; round < Math.Max(LeastRounds, (all.Count + Batch - 1) / Batch); round++)
        {
            var batch = new int[Math.Min(Batch, all.Count)];
            for (var i = 0; i < batch.Length; i++, at = (at + 1) % all.Count)
                batch[i] = order[at];
            Move(centres, seen, all, batch);
        }
        return Central(all, centres, eligible);
    }

    private static void Move(FeatureMatrix centres, int[] seen, Stacked all, int[] batch)
    {
        var samples = new FeatureMatrix(batch.Length, centres.Width);
        all.Copy(batch, samples);
        var cluster = new NearestRows(centres).Approximate(samples, [.. Enumerable.Range(0, batch.Length)]);
        var members = Enumerable.Range(0, batch.Length).GroupBy(i => cluster[i]).Select(group => (Cluster: group.Key, Samples: group.ToArray())).ToArray();
        Parallel.ForEach(members, group =>
        {
            var centre = centres[group.Cluster];
            foreach (var i in group.Samples)
            {
                var share = 1f / ++seen[group.Cluster];
                var sample = samples[i];
                for (var d = 0; d < centre.Length; d++)
                    centre[d] += share * (sample[d] - centre[d]);
            }
            FeatureMatrix.Normalise(centre);
        });
    }

    private static int[] Central(Stacked all, FeatureMatrix centres, Func<int, bool> eligible)
    {
        var nearest = new NearestRows(centres);
        var medoids = new (int Index, float Cosine)[centres.Count];
        Array.Fill(medoids, (-1, float.NegativeInfinity));
        foreach (var (matrix, first) in all.Parts)
        {
            var cluster = nearest.Approximate(matrix, [.. Enumerable.Range(0, matrix.Count)]);
            var cosines = new float[matrix.Count];
            Parallel.For(0, matrix.Count, i => cosines[i] = VectorMath.Dot(matrix[i], centres[cluster[i]]));
            for (var i = 0; i < matrix.Count; i++)
                if (cosines[i] > medoids[cluster[i]].Cosine && eligible(first + i))
                    medoids[cluster[i]] = (first + i, cosines[i]);
        }
        return [.. medoids.Where(medoid => medoid.Index >= 0).Select(medoid => medoid.Index).Order()];
    }

    /// <summary>Several matrices, counted through.</summary>
    private sealed class Stacked
    {
        public Stacked(IReadOnlyList<FeatureMatrix> matrices)
        {
            var first = 0;
            foreach (var matrix in matrices)
            {
                Parts.Add((matrix, first));
                first += matrix.Count;
            }
            Count = first;
        }

        public List<(FeatureMatrix Matrix, int First)> Parts { get; } = [];

        public int Count { get; }

        public void Copy(int[] indices, FeatureMatrix target) => Parallel.For(0, indices.Length, i =>
        {
            var (matrix, first) = Parts.Last(part => part.First <= indices[i]);
            matrix[indices[i] - first].CopyTo(target[i]);
        });
    }
}
