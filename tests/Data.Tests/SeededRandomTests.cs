namespace PairUni.Data.Tests;

public class SeededRandomTests
{
    [Fact]
    public void TheSameSeedAndKeys_GiveTheSameStream()
    {
        var (first, second) = (new SeededRandom(7, 1, 2), new SeededRandom(7, 1, 2));
        Enumerable.Range(0, 100).Select(_ => first.Next(1000)).ShouldBe(Enumerable.Range(0, 100).Select(_ => second.Next(1000)).ToArray());
    }

    [Fact]
    public void OtherSeedsAndKeys_GiveOtherStreams()
    {
        var streams = new[] { new SeededRandom(7), new SeededRandom(8), new SeededRandom(7, 0), new SeededRandom(7, 1), new SeededRandom(7, 0, 1), new SeededRandom(7, 1, 0) };
        streams.Select(stream => stream.NextDouble()).Distinct().Count().ShouldBe(streams.Length);
    }

    [Fact]
    public void Next_IsUniform()
    {
        var random = new SeededRandom(3);
        var counts = new int[10];
        for (var i = 0; i < 100_000; i++)
            counts[random.Next(10)]++;
        counts.ShouldAllBe(count => Math.Abs(count - 10_000) < 500);
    }

    [Fact]
    public void Between_ReachesBothEnds()
    {
        var random = new SeededRandom(4);
        Enumerable.Range(0, 200).Select(_ => random.Between(-1, 1)).Distinct().Order().ShouldBe([-1, 0, 1]);
    }

    [Fact]
    public void Shuffle_KeepsTheItems()
    {
        var items = Enumerable.Range(0, 50).ToArray();
        new SeededRandom(5).Shuffle<int>(items);
        items.ShouldNotBe(Enumerable.Range(0, 50));
        items.Order().ShouldBe(Enumerable.Range(0, 50));
    }
}
