using PairUni.Data.Pairing;

namespace PairUni.Data.Tests.Pairing;

public class GreedyMatchingTests
{
    [Theory]
    [InlineData(2000, 2000, 200, 40, 1.0, 0.6)]
    [InlineData(2000, 2000, 64, 3, 0.3, 0.6)]
    [InlineData(700, 1100, 96, 1, 0.15, 0.8)]
    [InlineData(1100, 300, 33, 20, 2.0, 0.7)]
    public void Matching_IsThatOfSortingAllEdges(int understand, int generate, int width, int clusters, double spread, double threshold)
    {
        var u = MadeUpFeatures.Of(understand, width, clusters, spread, seed: 1);
        var g = MadeUpFeatures.Of(generate, width, clusters, spread, seed: 2);
        var plain = PairBuilder.Build(MadeUpFeatures.Rows(u), MadeUpFeatures.Rows(g), 0, (float)threshold, new SeededRandom(1)).Retrieved;
        var matching = new GreedyMatching(u, g, new HashSet<int>(), threshold);
        matching.Run(new HashSet<int>(), int.MaxValue).ShouldBe(plain);
        plain.Count.ShouldBeGreaterThan(100);
        matching.Refills.ShouldBeGreaterThan(clusters < 20 ? 100 : -1);
    }

    [Fact]
    public void AskedForFewerPairs_TheMostSimilarOnesAreTaken_AndUsedSamplesLeftOut()
    {
        var (u, g) = (MadeUpFeatures.Of(400, 64, 8, 0.5, 1), MadeUpFeatures.Of(500, 64, 8, 0.5, 2));
        var all = new GreedyMatching(u, g, new HashSet<int>(), 0.6).Run(new HashSet<int>(), int.MaxValue);
        new GreedyMatching(u, g, new HashSet<int>(), 0.6).Run(new HashSet<int>(), 50).ShouldBe(all.Take(50));
        var without = new GreedyMatching(u, g, new HashSet<int> { all[0].Understand }, 0.6).Run(new HashSet<int> { all[1].Generate }, int.MaxValue);
        without.ShouldNotContain(pair => pair.Understand == all[0].Understand || pair.Generate == all[1].Generate);
    }

    [Fact]
    public void VectorsThatAreAllTheSame_AreMatchedInOrder()
    {
        var same = FeatureMatrix.Of([.. Enumerable.Range(0, 120).Select(_ => new float[] { 0.6f, 0.8f })]);
        new GreedyMatching(same, same, new HashSet<int>(), 0.9).Run(new HashSet<int>(), int.MaxValue).ShouldAllBe(pair => pair.Understand == pair.Generate);
    }
}
