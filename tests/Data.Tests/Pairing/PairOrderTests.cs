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
    public void WithShares_EachPairComesAsOftenAsItsShare_RoundedUpOrDown()
    {
        // Shares 1 : 2 : 3 : 0 of four places are 0.667, 1.333, 2 and 0.
        var order = new PairOrder(5, 4, [1, 2, 3, 0]);
        var counts = new int[4];
        for (var epoch = 0; epoch < 3000; epoch++)
        {
            var places = order.Epoch(epoch);
            places.Count(pair => pair == 2).ShouldBe(2);
            places.ShouldNotContain(3);
            foreach (var pair in places)
                counts[pair]++;
        }
        // Three standard deviations of 3000 draws with probability 2/3: 77.
        counts[0].ShouldBeInRange(2000 - 77, 2000 + 77);
        counts[1].ShouldBe(6000 - counts[0]);
        order.Epoch(7).ShouldBe(new PairOrder(5, 4, [1, 2, 3, 0]).Epoch(7));
    }

    [Theory]
    [InlineData(PairSampling.Similarity, 50)]
    [InlineData(PairSampling.Sqrt, 73)]
    [InlineData(PairSampling.Weight, 20)]
    public void Sampling_GoesByWhatItNames(PairSampling sampling, int places)
    {
        // A hundred pairs of similarity 0.25 and weight 0.2 with a hundred of similarity 0.75 and weight 1.8: of two hundred places the first
        // get 200 x 0.25 / (0.25 + 0.75) = 50, 200 x 0.5 / (0.5 + 0.866) = 73.2 and 200 x 0.2 / 2 = 20.
        var records = Records(200).Select((record, i) => record with { Similarity = i < 100 ? 0.25 : 0.75, Weight = i < 100 ? 0.2 : 1.8 }).ToArray();
        var schedule = new PairSchedule(records, PairingMode.Paired, 1, sampling);
        var first = Enumerable.Range(0, 200).Count(i => schedule.At(i).Similarity == 0.25);
        first.ShouldBeInRange(places, places + 1);
    }

    [Fact]
    public void SamplingByWeightsThatAreAllZero_IsRefused() =>
        Should.Throw<DataFileException>(() => new PairSchedule([.. Records(3).Select(record => record with { Weight = 0 })], PairingMode.Paired, 1, PairSampling.Weight))
            .Message.ShouldBe("data.sampling is weight, but that of every pair is 0; give some pairs more, or sample each once.");

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
