using PairUni.Cli.Bench;

namespace PairUni.Cli.Tests.Bench;

public sealed class InterleavedTests
{
    [Fact]
    public async Task TheSides_TakeTurnsAndWarmUpsDoNotCount()
    {
        var order = new List<string>();
        var (ours, theirs) = await Interleaved.Run(3, 2, () => Take(order, "o"), () => Take(order, "b"));
        string.Concat(order).ShouldBe("obobobobob");
        (ours, theirs).ShouldBe((7, 8));
    }

    [Fact]
    public async Task WithoutABaseline_OursStandsAlone() =>
        (await Interleaved.Run(1, 0, () => Task.FromResult(2.0), null)).ShouldBe((2.0, null));

    [Theory]
    [InlineData(new[] { 3.0, 1, 2 }, 2)]
    [InlineData(new[] { 4.0, 1, 2, 3 }, 2.5)]
    public void Median_IsTheMiddle(double[] values, double median) => Interleaved.Median(values).ShouldBe(median);

    [Fact]
    public async Task TheRounds_AreKeptInOrder()
    {
        var order = new List<string>();
        var (ours, theirs) = await Interleaved.Rounds(3, 1, () => Take(order, "o"), () => Take(order, "b"));
        ours.ShouldBe([3, 5, 7]);
        theirs.ShouldBe([4, 6, 8]);
    }

    [Fact]
    public void AResultOfFastestRounds_TellsTheMedianOfTheRatiosToo()
    {
        var lines = new BenchResult { Work = "w", Unit = "us", Ours = 0.6, PyTorch = 1, PyTorchVersion = "1.13", Statistic = "fastest", MedianRatio = 0.65, Rounds = 5, Command = "c" }.Lines().ToArray();
        lines[4..].ShouldBe(["ratio     0.60 (below 1: PairUni is faster), median of the rounds' ratios 0.65", "fastest of 5 rounds, the two sides taking turns; c"]);
    }

    [Fact]
    public void AResult_TellsBothMediansTheRatioAndTheCommand()
    {
        var lines = new BenchResult { Work = "w", Unit = "images/s", Ours = 30, PyTorch = 20, PyTorchVersion = "1.13", Rounds = 5, Command = "pairuni bench x" }.Lines().ToArray();
        lines[2..].ShouldBe(["PairUni   30.0 images/s", "PyTorch   20.0 images/s (Python, 1.13)", "ratio     1.50 (above 1: PairUni is faster)", "medians of 5 rounds, the two sides taking turns; pairuni bench x"]);
    }

    // Each round's figure is its number among all rounds.
    private static Task<double> Take(List<string> order, string side)
    {
        order.Add(side);
        return Task.FromResult((double)order.Count);
    }
}
