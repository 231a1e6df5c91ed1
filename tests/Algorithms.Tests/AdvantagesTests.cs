namespace PairUni.Algorithms.Tests;

public class AdvantagesTests
{
    [Fact]
    public void OneOfFourRight_ScaledByItsGroup()
    {
        var a = Advantages.OfGroup([1, 0, 0, 0]);
        a[0].ShouldBe(1.4997, 5e-5);
        a[1..].ShouldAllBe(x => Math.Abs(x + 0.4999) < 5e-5);
    }

    [Fact]
    public void TwoOfFourRight_ScaledByItsGroup()
    {
        var a = Advantages.OfGroup([1, 1, 0, 0]);
        a[0].ShouldBe(0.8659, 5e-5);
        a[3].ShouldBe(-0.8659, 5e-5);
    }

    [Fact]
    public void TheWorkedPair_WeightedAfterStandardisation_GivesTheWorkedNumbers()
    {
        var w = PairWeight.Of(PairWeighting.Sqrt, 0.72, aligned: false);
        w.ShouldBe(0.848528, 1e-6);
        Advantages.OfGroup([1, 0, 0, 1]).Select(a => a * w).ShouldBe([0.734720, -0.734720, -0.734720, 0.734720], 1e-6);
        Advantages.OfGroup([0.27f, 0.28f, 0.285f, 0.29f]).Select(a => a * w).ShouldBe([-1.104966, -0.122774, 0.368322, 0.859418], 1e-5);
    }

    [Theory]
    [InlineData(ScaleRewards.Group)]
    [InlineData(ScaleRewards.None)]
    public void EqualRewards_GiveExactZeros(ScaleRewards scale) =>
        Advantages.Compute([[0.1f, 0.1f, 0.1f], [0.7f, 0.7f, 0.7f]], scale).ShouldAllBe(g => g.All(a => a == 0));

    [Fact]
    public void Batch_DividesEveryGroupByTheDeviationOfAllRewardsOfTheTask()
    {
        // rewards 0 1 2 6: mean 2.25, squares 5.0625 + 1.5625 + 0.0625 + 14.0625 = 20.75, over 3 = 6.916667, root 2.629956
        var a = Advantages.Compute([[0, 1], [2, 6]], ScaleRewards.Batch);
        a[0].ShouldBe([-0.5 / 2.630056, 0.5 / 2.630056], 1e-6);
        a[1].ShouldBe([-2 / 2.630056, 2 / 2.630056], 1e-6);
    }

    [Fact]
    public void None_OnlyCentres() => Advantages.Compute([[0, 1, 5]], ScaleRewards.None)[0].ShouldBe([-2, -1, 3], 1e-12);

    [Fact]
    public void AGroupOfOne_IsRefused() => Should.Throw<ArgumentException>(() => Advantages.OfGroup([1])).Message.ShouldContain("at least 2");

    [Fact]
    public void ARewardThatIsNotFinite_IsRefused() =>
        Should.Throw<ArgumentException>(() => Advantages.OfGroup([1, float.NaN])).Message.ShouldContain("not finite");
}
