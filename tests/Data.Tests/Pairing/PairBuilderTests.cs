using PairUni.Data.Pairing;

namespace PairUni.Data.Tests.Pairing;

public class PairBuilderTests
{
    [Fact]
    public void Retrieval_TakesTheMostSimilarPairFirst_NotTheFirstComer()
    {
        // Cosines: u0-g0 0.8, u0-g1 1, u1-g0 0.6, u1-g1 0. Going by g would give g0 the sample that g1 needs more.
        float[][] understand = [[1, 0], [0, 1]];
        float[][] generate = [[0.8f, 0.6f], [1, 0]];
        var plan = PairBuilder.Build(understand, generate, clusters: 0, threshold: 0.5, new SeededRandom(1));
        plan.Retrieved.Select(pair => (pair.Understand, pair.Generate)).ShouldBe([(0, 1), (1, 0)]);
        plan.Retrieved[0].Similarity.ShouldBe(1, 1e-6);
        plan.Retrieved[1].Similarity.ShouldBe(0.6, 1e-6);
    }

    [Fact]
    public void Retrieval_StopsAtTheThreshold()
    {
        float[][] understand = [[1, 0], [0, 1]];
        float[][] generate = [[0.8f, 0.6f], [1, 0]];
        PairBuilder.Build(understand, generate, 0, 0.7, new SeededRandom(1)).Retrieved.Count.ShouldBe(1);
    }

    [Fact]
    public void Ties_GoToTheSmallerIndices()
    {
        float[][] same = [[1, 0], [1, 0], [1, 0]];
        PairBuilder.Build(same, same, 0, 0.5, new SeededRandom(1)).Retrieved.Select(pair => (pair.Generate, pair.Understand)).ShouldBe([(0, 0), (1, 1), (2, 2)]);
    }

    [Fact]
    public void Medoids_BecomeAlignedPairs_AndAreNotRetrieved()
    {
        // Two bundles of directions; each bundle's middle one is its medoid.
        static float[] Direction(double degrees) => [(float)Math.Cos(degrees * Math.PI / 180), (float)Math.Sin(degrees * Math.PI / 180)];
        float[][] understand = [Direction(0), Direction(10), Direction(20)];
        float[][] generate = [Direction(80), Direction(90), Direction(100), Direction(9)];
        var plan = PairBuilder.Build(understand, generate, clusters: 2, threshold: 0.9, new SeededRandom(2));
        (plan.AlignedUnderstand.Count + plan.AlignedGenerate.Count).ShouldBe(2);
        plan.AlignedGenerate.ShouldContain(1);
        plan.Retrieved.ShouldAllBe(pair => !plan.AlignedUnderstand.Contains(pair.Understand) && !plan.AlignedGenerate.Contains(pair.Generate));
        plan.Retrieved.ShouldNotBeEmpty();
    }

    [Fact]
    public void AsManyClustersAsImages_AlignsThemAll()
    {
        float[][] understand = [[1, 0, 0], [0, 1, 0]];
        float[][] generate = [[0, 0, 1]];
        var plan = PairBuilder.Build(understand, generate, clusters: 3, threshold: 0, new SeededRandom(1));
        plan.AlignedUnderstand.ShouldBe([0, 1]);
        plan.AlignedGenerate.ShouldBe([0]);
        plan.Retrieved.ShouldBeEmpty();
    }
}
