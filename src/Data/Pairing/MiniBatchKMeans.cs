using System.Runtime.InteropServices;

namespace PairUni.Data.Pairing;

/// <summary>
/// K-means on vectors of length 1 that looks at a batch at a time (Sculley 2010): a centre moves towards each of its samples by one part in
/// the number it has had. Made for thousands of clusters over a hundred thousand samples. A cluster that ends empty begins anew with the
/// eligible sample that is least like its own centre, so that where all are eligible, as many clusters as there are different samples, or fewer,
/// give a medoid each.
/// </summary>
internal static class MiniBatchKMeans
{
    private const int Batch = 4096;
    private const int LeastRounds = 20;

    /// <summary>Each cluster's most central sample.</summary>
    /// <param name="vectors">The samples of all pools, one matrix after the other; each vector of length 1.</param>
    /// <param name="clusters">Number of clusters.</param>
    /// <param name="eligible">Samples that may be the medoid of their cluster.</param>
    /// <returns>Indices counted through the matrices, rising; none of clusters that have samples but no eligible one.</returns>
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
        var (medoids, cosines, filled) = (new int[centres.Count], new float[all.Count], new bool[centres.Count]);
        Array.Fill(medoids, -1);
        foreach (var (matrix, first) in all.Parts)
        {
            var cluster = nearest.Approximate(matrix, [.. Enumerable.Range(0, matrix.Count)]);
            Parallel.For(0, matrix.Count, i => cosines[first + i] = VectorMath.Dot(matrix[i], centres[cluster[i]]));
            for (var i = first; i < first + matrix.Count; i++)
            {
                ref var medoid = ref medoids[cluster[i - first]];
                filled[cluster[i - first]] = true;
                if ((medoid < 0 || cosines[i] > cosines[medoid]) && eligible(i))
                    medoid = i;
            }
        }
        int[] found = [.. medoids.Where(medoid => medoid >= 0)];
        return [.. found.Concat(Farthest(all, cosines, found, filled.Count(any => !any), eligible)).Order()];
    }

    // The samples least like their centres, each different from all medoids.
    private static IEnumerable<int> Farthest(Stacked all, float[] cosines, int[] medoids, int count, Func<int, bool> eligible)
    {
        if (count == 0)
            return [];
        var taken = medoids.ToHashSet(all);
        return Enumerable.Range(0, all.Count).Where(eligible).OrderBy(i => cosines[i]).Where(taken.Add).Take(count);
    }

    /// <summary>Several matrices, counted through. Samples with the same vector are equal.</summary>
    private sealed class Stacked : IEqualityComparer<int>
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

        public void Copy(int[] indices, FeatureMatrix target) => Parallel.For(0, indices.Length, i => Row(indices[i]).CopyTo(target[i]));

        public bool Equals(int x, int y) => Row(x).SequenceEqual(Row(y));

        public int GetHashCode(int obj)
        {
            var hash = new HashCode();
            hash.AddBytes(MemoryMarshal.AsBytes(Row(obj)));
            return hash.ToHashCode();
        }

        private Span<float> Row(int index)
        {
            var (matrix, first) = Parts.Last(part => part.First <= index);
            return matrix[index - first];
        }
    }
}
