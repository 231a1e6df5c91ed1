using PairUni.Data.Pairing;

namespace PairUni.Data.Tests.Pairing;

/// <summary>Feature vectors as a network gives them: not negative, in clusters of unequal size, some of them twice.</summary>
internal static class MadeUpFeatures
{
    public static FeatureMatrix Of(int count, int width, int clusters, double spread, ulong seed, ulong centresSeed = 1)
    {
        var centres = Enumerable.Range(0, clusters).Select(c => Positive(new SeededRandom(centresSeed, (ulong)c), width)).ToArray();
        var matrix = new FeatureMatrix(count, width);
        for (var i = 0; i < count; i++)
        {
            var random = new SeededRandom(seed, (ulong)i);
            var cluster = Math.Min(random.Next(clusters), random.Next(clusters));
            var own = Positive(random, width);
            for (var d = 0; d < width; d++)
                matrix[i][d] = (float)(centres[cluster][d] + (spread * own[d]));
            if (i % 50 == 49)
                matrix[i - 1].CopyTo(matrix[i]);
        }
        matrix.Normalise();
        return matrix;
    }

    public static IReadOnlyList<float[]> Rows(FeatureMatrix matrix) => [.. Enumerable.Range(0, matrix.Count).Select(i => matrix[i].ToArray())];

    private static double[] Positive(SeededRandom random, int width) =>
        [.. Enumerable.Range(0, width).Select(_ => Math.Max(0, random.NextDouble() + random.NextDouble() + random.NextDouble() - 1.5))];
}
