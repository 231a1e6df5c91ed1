using PairUni.Data;
using PairUni.Data.Pairing;

namespace PairUni.Cli.Bench.Pairing;

/// <summary>
/// Vectors that are spread like features of a ReLU network after mean pooling: not negative, in many clusters, a cosine of about 0.4 between
/// clusters and 0.6 to 0.9 inside one.
/// </summary>
internal static class SyntheticFeatures
{
    private const double Spread = 0.9;

    /// <param name="count">Vectors.</param>
    /// <param name="width">Length of each.</param>
    /// <param name="clusters">Clusters, the same for every pool.</param>
    /// <param name="seed">Which pool.</param>
    public static FeatureMatrix Of(int count, int width, int clusters, ulong seed)
    {
        var centres = new FeatureMatrix(clusters, width);
        Parallel.For(0, clusters, c => Fill(new SeededRandom(0, (ulong)c), centres[c]));
        var matrix = new FeatureMatrix(count, width);
        Parallel.For(0, count, () => new float[width], (i, _, own) =>
        {
            var random = new SeededRandom(seed, (ulong)i);
            var centre = centres[Math.Min(random.Next(clusters), random.Next(clusters))];
            var spread = (float)(Spread * (0.5 + random.NextDouble()));
            Fill(random, own);
            var row = matrix[i];
            for (var d = 0; d < width; d++)
                row[d] = centre[d] + (spread * own[d]);
            return own;
        }, _ => { });
        matrix.Normalise();
        return matrix;
    }

    // Mostly near zero with a few large values: the fourth power of a uniform number.
    private static void Fill(SeededRandom random, Span<float> row)
    {
        foreach (ref var value in row)
        {
            var u = random.NextDouble();
            value = (float)(u * u * u * u);
        }
    }
}
