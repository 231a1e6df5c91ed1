using PairUni.Data.Pairing;

namespace PairUni.Data.Tests.Pairing;

public class MiniBatchKMeansTests
{
    [Fact]
    public void Medoids_AreOneOfEachCluster_AndRepeat()
    {
        // Twelve bundles of directions far apart, thirty vectors each, over two pools.
        var vectors = Enumerable.Range(0, 360).Select(i => Enumerable.Range(0, 16).Select(d => (d == i % 12 ? 1f : 0) + (0.05f * ((i * 7 + d) % 5))).ToArray()).ToArray();
        var (u, g) = (FeatureMatrix.Of(vectors[..200]), FeatureMatrix.Of(vectors[200..]));
        u.Normalise();
        g.Normalise();
        var medoids = MiniBatchKMeans.Medoids([u, g], 12, _ => true, new SeededRandom(3));
        medoids.ShouldBe(MiniBatchKMeans.Medoids([u, g], 12, _ => true, new SeededRandom(3)));
        medoids.Select(i => i % 12).Distinct().Count().ShouldBeGreaterThan(6);
        MiniBatchKMeans.Medoids([u, g], 12, i => i % 2 == 1, new SeededRandom(3)).ShouldAllBe(i => i % 2 == 1);
    }

    [Fact]
    public void AMedoid_IsTheMostCentralOfItsCluster()
    {
        static float[] Direction(double degrees) => [(float)Math.Cos(degrees * Math.PI / 180), (float)Math.Sin(degrees * Math.PI / 180)];
        var pool = FeatureMatrix.Of([Direction(0), Direction(11), Direction(20), Direction(4)]);
        MiniBatchKMeans.Medoids([pool], 1, _ => true, new SeededRandom(1)).ShouldBe([1]);
    }

    [Theory]
    [InlineData(40, 30)]
    [InlineData(40, 40)]
    [InlineData(500, 490)]
    public void AsManyClustersAsThereAreDifferentSamples_GiveAsManyMedoids_NoTwoOfThemTheSame(int count, int clusters)
    {
        // Bundles so tight that some clusters end empty; every fiftieth sample is a copy, and in the other pool each is there three times.
        var u = MadeUpFeatures.Of(count, 24, 5, 0.01, seed: 1);
        var rows = MadeUpFeatures.Rows(u);
        var g = FeatureMatrix.Of([.. rows, .. rows, .. rows]);
        var medoids = MiniBatchKMeans.Medoids([u, g], clusters, _ => true, new SeededRandom(2));
        medoids.Select(i => string.Join(' ', rows[i % count])).Distinct().Count().ShouldBe(clusters);
        medoids.ShouldBe(medoids.Order());
        MiniBatchKMeans.Medoids([u, g], clusters, _ => true, new SeededRandom(2)).ShouldBe(medoids);
    }

    [Fact]
    public void WithFewerDifferentSamplesThanClusters_EachIsAMedoidOnce()
    {
        float[][] three = [[1, 0], [0, 1], [0.6f, 0.8f]];
        var pool = FeatureMatrix.Of([.. Enumerable.Range(0, 30).Select(i => three[i % 3])]);
        MiniBatchKMeans.Medoids([pool], 8, _ => true, new SeededRandom(1)).Select(i => i % 3).Order().ShouldBe([0, 1, 2]);
        MiniBatchKMeans.Medoids([pool], 8, i => i > 20 && i % 3 > 0, new SeededRandom(1)).Select(i => i % 3).Order().ShouldBe([1, 2]);
    }
}
