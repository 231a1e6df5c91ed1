using FsCheck;
using FsCheck.Fluent;

namespace PairUni.Algorithms.Tests;

public class BootstrapTests
{
    [Fact]
    public void SameSeed_SameInterval_AndAnotherSeedAnother()
    {
        double[] units = [0, 1, 1, 0, 1, 0.25, 0.75, 1];
        Bootstrap.Mean(units, 7).ShouldBe(Bootstrap.Mean(units, 7));
        Bootstrap.Mean(units, 8).Mean.ShouldBe(0.625);
        Bootstrap.Mean(units, 7).Low.ShouldBeLessThan(0.625);
    }

    [Fact]
    public void OfAHundredCoinFlips_MatchesTheNormalApproximation()
    {
        // standard error 0.05: 95 % within 0.098 of 0.5
        var ci = Bootstrap.Mean([.. Enumerable.Range(0, 100).Select(i => (double)(i % 2))], 1, resamples: 20_000);
        ci.Low.ShouldBe(0.402, 0.012);
        ci.High.ShouldBe(0.598, 0.012);
    }

    [Fact]
    public void OfEqualUnits_HasNoWidth() => Bootstrap.Mean([0.3, 0.3, 0.3], 1).ShouldBe(new(0.3, 0.3, 0.3));

    [Fact]
    public void MeanOfMeans_WeighsStrataAlike_AndLeavesEmptyOnesOut() =>
        Bootstrap.MeanOfMeans([[1], [0, 0, 0], []], 1).ShouldBe(new(0.5, 0.5, 0.5));

    [Fact]
    public void OfNothing_IsNotANumber() => double.IsNaN(Bootstrap.Mean([], 1).Mean).ShouldBeTrue();
}

public class MetricReducerTests
{
    [Fact]
    public void Means_AreWeighted_AndNamesAreSorted()
    {
        var reducer = new MetricReducer();
        reducer.Mean("kl", 1, 3);
        reducer.Mean("kl", 5, 1);
        reducer.Mean("entropy", 2);
        reducer.Mean("entropy", 100, 0);
        reducer.Max("policy/lag/max", 1);
        reducer.Max("policy/lag/max", 0);
        reducer.Reduce().Select(m => (m.Key, m.Value)).ShouldBe([("entropy", 2), ("kl", 2), ("policy/lag/max", 1)]);
    }

    [Fact]
    public void AnyOrderOfArrival_GivesTheSameBits() =>
        Prop.ForAll(
            ArbMap.Default.GeneratorFor<NormalFloat>().Select(f => f.Get).ArrayOf().Where(a => a.Length > 1).ToArbitrary(),
            ArbMap.Default.GeneratorFor<int>().ToArbitrary(),
            (values, seed) =>
            {
                double[] shuffled = [.. values];
                new Random(seed).Shuffle(shuffled);
                return BitConverter.DoubleToInt64Bits(Reduce(values)) == BitConverter.DoubleToInt64Bits(Reduce(shuffled));
            }).Check(Config.QuickThrowOnFailure.WithMaxTest(300).WithReplay(1, 3));

    private static double Reduce(double[] values)
    {
        var reducer = new MetricReducer();
        foreach (var v in values) reducer.Mean("x", v, Math.Abs(v) + 1);
        return reducer.Reduce()["x"];
    }
}
