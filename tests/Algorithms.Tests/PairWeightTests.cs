namespace PairUni.Algorithms.Tests;

public class PairWeightTests
{
    [Theory]
    [InlineData(PairWeighting.None, 0.6, 1)]
    [InlineData(PairWeighting.Linear, 0.6, 0.6)]
    [InlineData(PairWeighting.Sqrt, 0.6, 0.774597)]
    [InlineData(PairWeighting.Sqrt, 0.9, 0.948683)]
    [InlineData(PairWeighting.Sqrt, -0.2, 0)]
    [InlineData(PairWeighting.Linear, 1.3, 1)]
    public void ARetrievedPair_WeighsByItsSimilarity(PairWeighting weighting, double similarity, double weight) =>
        PairWeight.Of(weighting, similarity, aligned: false).ShouldBe(weight, 1e-6);

    [Theory]
    [InlineData(PairWeighting.None)]
    [InlineData(PairWeighting.Linear)]
    [InlineData(PairWeighting.Sqrt)]
    public void AnAlignedPair_WeighsOne(PairWeighting weighting) => PairWeight.Of(weighting, 0.3, aligned: true).ShouldBe(1);
}
