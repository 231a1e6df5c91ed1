using PairUni.Contracts;
using static PairUni.Grains.Tests.Specs;

namespace PairUni.Grains.Tests;

public class StepCollectorTests
{
    [Fact]
    public void Offer_OfAPlannedGroup_IsAccepted_AndTheSecondOneIsADuplicate()
    {
        var collector = new StepCollector(Run(), 0);
        collector.Offer(Offer(Key(1, 0, TaskKind.Generate), 0)).ShouldBe(OfferOutcome.Accepted);
        collector.Offer(Offer(Key(1, 0, TaskKind.Generate), 0)).ShouldBe(OfferOutcome.Duplicate);
    }

    [Fact]
    public void Offer_OfATrainedGroup_IsADuplicate()
    {
        var collector = new StepCollector(Run(), 2);
        collector.Offer(Offer(Key(2, 0, TaskKind.Generate), 1)).ShouldBe(OfferOutcome.Duplicate);
    }

    [Theory]
    [InlineData(0, 2, 1, OfferOutcome.Accepted)]
    [InlineData(0, 2, 0, OfferOutcome.Stale)]
    [InlineData(0, 2, 2, OfferOutcome.Stale)]
    [InlineData(0, 3, 1, OfferOutcome.Stale)]
    [InlineData(1, 2, 0, OfferOutcome.Accepted)]
    [InlineData(1, 3, 1, OfferOutcome.Accepted)]
    [InlineData(1, 3, 0, OfferOutcome.Stale)]
    [InlineData(1, 4, 1, OfferOutcome.Stale)]
    [InlineData(1, 2, -1, OfferOutcome.Stale)]
    public void Offer_AtVersion1_IsJudgedByItsAgeWhenItWillBeTrained(int lag, int step, int madeBy, OfferOutcome expected) =>
        new StepCollector(Run(maxSteps: 9, maxLag: lag), 1).Offer(Offer(Key(step, 0, TaskKind.Generate), madeBy)).ShouldBe(expected);

    [Fact]
    public void Offer_OfAnotherRunOrASlotThatDoesNotExist_IsStale()
    {
        var collector = new StepCollector(Run(pairs: 2), 0);
        collector.Offer(Offer(new("other", 1, 0, TaskKind.Generate), 0)).ShouldBe(OfferOutcome.Stale);
        collector.Offer(Offer(Key(1, 2, TaskKind.Generate), 0)).ShouldBe(OfferOutcome.Stale);
        collector.Offer(Offer(Key(0, 0, TaskKind.Generate), 0)).ShouldBe(OfferOutcome.Stale);
    }

    [Fact]
    public void Offer_OfAGroupThatCouldNotBeScored_IsFailed_AndCountsAsDropped()
    {
        var collector = new StepCollector(Run(), 0);
        collector.Offer(Offer(Key(1, 0, TaskKind.Generate), 0, "judge fell over")).ShouldBe(OfferOutcome.Failed);
        collector.Dropped[Key(1, 0, TaskKind.Generate)].ShouldBe("judge fell over");
        collector.Offer(Offer(Key(1, 0, TaskKind.Generate), 0)).ShouldBe(OfferOutcome.Duplicate);
    }

    [Fact]
    public void AStepIsComplete_WhenEveryGroupIsHeldOrDropped_AndItsBatchIsInTheOrderOfTheKeys()
    {
        var collector = new StepCollector(Run(), 0);
        collector.Offer(Offer(Key(1, 1, TaskKind.Understand), 0));
        collector.Offer(Offer(Key(1, 1, TaskKind.Generate), 0));
        collector.Drop(Key(1, 0, TaskKind.Understand), "gone").ShouldBeTrue();
        collector.IsComplete.ShouldBeFalse();
        collector.Offer(Offer(Key(1, 0, TaskKind.Generate), 0));
        collector.IsComplete.ShouldBeTrue();
        collector.Batch().Groups.Select(g => g.Group.Key.ToString()).ShouldBe(["r/1/0/generate", "r/1/1/generate", "r/1/1/understand"]);
        collector.Commit();
        (collector.Version, collector.Held.Count, collector.Dropped.Count, collector.IsComplete).ShouldBe((1, 0, 0, false));
    }

    [Fact]
    public void Drop_OfAHeldTrainedOrUnknownGroup_ChangesNothing()
    {
        var collector = new StepCollector(Run(), 1);
        collector.Offer(Offer(Key(2, 0, TaskKind.Generate), 1));
        collector.Drop(Key(2, 0, TaskKind.Generate), "x").ShouldBeFalse();
        collector.Drop(Key(1, 0, TaskKind.Generate), "x").ShouldBeFalse();
        collector.Drop(Key(3, 0, TaskKind.Generate), "x").ShouldBeFalse();
        collector.Dropped.ShouldBeEmpty();
    }

    [Fact]
    public void Offer_WithMissingOrBrokenNumbers_IsFailed_WithTheFault()
    {
        Fault(o => o with { Group = o.Group with { Samples = [o.Group.Samples[0]] } }).ShouldBe("it has 1 samples, 2 were asked for");
        Fault(o => o with { Score = o.Score with { Rewards = [1, float.NaN] } }).ShouldBe("sample 1 has the reward NaN");
        Fault(o => o with { Group = o.Group with { Samples = [o.Group.Samples[0] with { Tokens = [] }, o.Group.Samples[1]] } })
            .ShouldBe("sample 0 has no tokens");
        Fault(o => o with { Group = o.Group with { Samples = [o.Group.Samples[0] with { LogpSampler = [1] }, o.Group.Samples[1]] } })
            .ShouldBe("sample 0 has 2 tokens and log-probabilities of another number");
        Fault(o => o with { Group = o.Group with { Samples = [o.Group.Samples[0], o.Group.Samples[1] with { LogpConditional = [0, float.NegativeInfinity] }] } })
            .ShouldBe("sample 1 has a log-probability that is not finite");
        Fault(o => o with { Score = o.Score with { Key = Key(1, 1, TaskKind.Generate) } }).ShouldBe("its score is that of r/1/1/generate");
    }

    private static string Fault(Func<OfferGroup, OfferGroup> breakIt)
    {
        var collector = new StepCollector(Run(), 0);
        collector.Offer(breakIt(Offer(Key(1, 0, TaskKind.Generate), 0))).ShouldBe(OfferOutcome.Failed);
        return collector.Dropped.Single().Value;
    }
}
