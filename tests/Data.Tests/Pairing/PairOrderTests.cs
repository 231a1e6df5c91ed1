using PairUni.Data.Pairing;
using PairUni.Data.PairUg;

namespace PairUni.Data.Tests.Pairing;

public class PairOrderTests
{
    [Fact]
    public void EachEpoch_HasEveryPairOnce_InAnOrderOfItsOwn()
    {
        var order = new PairOrder(seed: 3, count: 20);
        var first = Enumerable.Range(0, 20).Select(i => order.At(i)).ToArray();
        var second = Enumerable.Range(20, 20).Select(i => order.At(i)).ToArray();
        first.Order().ShouldBe(Enumerable.Range(0, 20));
        second.Order().ShouldBe(Enumerable.Range(0, 20));
        second.ShouldNotBe(first);
        order.At(7).ShouldBe(first[7]);
    }

    [Fact]
    public void TheOrder_DependsOnTheSeedAlone()
    {
        new PairOrder(3, 50).Epoch(2).ShouldBe(new PairOrder(3, 50).Epoch(2));
        new PairOrder(3, 50).Epoch(2).ShouldNotBe(new PairOrder(4, 50).Epoch(2));
    }

    [Fact]
    public void Paired_KeepsTheRecords()
    {
        var schedule = new PairSchedule(Records(10), PairingMode.Paired, 1);
        for (var i = 0; i < 10; i++)
            schedule.At(i).Generate.Prompt.ShouldBe(schedule.At(i).Understand.Question);
        schedule.At(0).Similarity.ShouldBe(0.5);
    }

    [Fact]
    public void Random_KeepsItsPartnersFromEpochToEpoch()
    {
        var schedule = new PairSchedule(Records(30), PairingMode.Random, 1);
        string[] Epoch(int first) => [.. Enumerable.Range(first, 30).Select(i => schedule.At(i).Generate.Prompt + " " + schedule.At(i).Understand.Question).Order()];
        Epoch(0).ShouldBe(Epoch(30));
        Epoch(0).Count(entry => entry.Split(' ')[0] == entry.Split(' ')[1]).ShouldBeLessThan(6);
        Epoch(0).Select(entry => entry.Split(' ')[1]).Distinct().Count().ShouldBe(30);
        schedule.At(0).Similarity.ShouldBe(1);
    }

    [Fact]
    public void Unpaired_ChangesPartnersFromEpochToEpoch_AndUsesEachHalfOnce()
    {
        var schedule = new PairSchedule(Records(30), PairingMode.Unpaired, 1);
        PairRecord[] Epoch(int first) => [.. Enumerable.Range(first, 30).Select(i => schedule.At(i))];
        Epoch(0).Select(record => record.Generate.Prompt).Distinct().Count().ShouldBe(30);
        Epoch(0).Select(record => record.Understand.Question).Distinct().Count().ShouldBe(30);
        string[] Partners(int first) => [.. Epoch(first).Select(record => record.Generate.Prompt + " " + record.Understand.Question).Order()];
        Partners(30).ShouldNotBe(Partners(0));
    }

    private static PairRecord[] Records(int count) =>
        [.. Enumerable.Range(0, count).Select(i => new PairRecord
        {
            Similarity = 0.5,
            Generate = new PairSide { ImagePath = $"g{i}.png", Prompt = $"{i}" },
            Understand = new PairSide { ImagePath = $"u{i}.png", Question = $"{i}", Answer = "A" },
        })];
}
