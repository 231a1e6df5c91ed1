namespace PairUni.Algorithms.Tests;

public class RewardSumTests
{
    [Fact]
    public void Terms_AreWeightedAndAdded() =>
        RewardSum.Of([new("shapes", 1, [0.5f, 1f]), new("short", -0.25, [2f, 0f])]).ShouldBe([0f, 1f]);

    [Fact]
    public void ATermOfAnotherLength_IsRefusedByName() =>
        Should.Throw<ArgumentException>(() => RewardSum.Of([new("shapes", 1, [1f, 2f]), new("hps", 1, [1f])])).Message.ShouldContain("'hps' scored 1");

    [Fact]
    public void AValueThatIsNotFinite_IsRefusedByNameAndSample() =>
        Should.Throw<ArgumentException>(() => RewardSum.Of([new("hps", 1, [1f, float.PositiveInfinity])])).Message.ShouldContain("'hps'");

    [Fact]
    public void NoTerms_AreRefused() => Should.Throw<ArgumentException>(() => RewardSum.Of([]));

    [Fact]
    public void Statistics_OfTwoGroups()
    {
        var s = RewardStatistics.Of([[1, 0, 1, 0], [0.5f, 0.5f, 0.5f, 0.5f]]);
        s.Mean.ShouldBe(0.5, 1e-12);
        s.Deviation.ShouldBe(0.5773503 / 2, 1e-6);
        s.ZeroDeviationFraction.ShouldBe(0.5);
    }

    [Fact]
    public void Statistics_OfNothing_AreZero() => RewardStatistics.Of([]).ShouldBe(new(0, 0, 0));
}
