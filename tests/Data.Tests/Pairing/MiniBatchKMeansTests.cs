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
}
