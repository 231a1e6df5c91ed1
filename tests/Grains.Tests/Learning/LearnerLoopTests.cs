using NSubstitute;
using PairUni.Contracts;

namespace PairUni.Grains.Tests;

public sealed class LearnerLoopTests
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(30);
    private readonly IRunGrain _run = Substitute.For<IRunGrain>();
    private readonly CancellationTokenSource _over = new();

    // A silo leaves only when its turns have ended, and an offer is such a turn.
    [Theory]
    [InlineData(null, OfferOutcome.Accepted)]
    [InlineData("judge fell over", OfferOutcome.Failed)]
    public async Task Offer_IsAnsweredSoon_ThoughTheRunCannotBeReached(string? failure, OfferOutcome outcome)
    {
        _run.Settle(Arg.Any<GroupSettled>(), Arg.Any<CancellationToken>()).Returns(new TaskCompletionSource().Task);
        var loop = new LearnerLoop(Specs.Run(), new(_run, Substitute.For<IPolicyGrain>(), Services(), TimeProvider.System));
        var work = loop.Work(_over.Token);
        var offer = Specs.Offer(Specs.Key(1, 0, TaskKind.Generate), 0, failure, digest: await Digest(loop));
        (await loop.Offer(offer, [], CancellationToken.None).WaitAsync(Limit)).ShouldBe(outcome);
        await _over.CancelAsync();
        await work.WaitAsync(Limit);
    }

    [Fact]
    public async Task Offer_IsAnswered_ThoughTheRunsSiloDied()
    {
        _run.Settle(Arg.Any<GroupSettled>(), Arg.Any<CancellationToken>()).Returns(Task.FromException(new InvalidOperationException("its silo is gone")));
        var loop = new LearnerLoop(Specs.Run(), new(_run, Substitute.For<IPolicyGrain>(), Services(), TimeProvider.System));
        var work = loop.Work(_over.Token);
        var offer = Specs.Offer(Specs.Key(1, 0, TaskKind.Generate), 0, digest: await Digest(loop));
        (await loop.Offer(offer, [], CancellationToken.None).WaitAsync(Limit)).ShouldBe(OfferOutcome.Accepted);
        await _over.CancelAsync();
        await work.WaitAsync(Limit);
    }

    private static LearnerServices Services() => new()
    {
        Trainer = new FakeTrainer(new()),
        Pairs = new FakePairs(),
        Groups = new MemoryGroupStore(),
        Journal = new MemoryJournal(),
        Observer = new EndObserver(),
        Fence = new OpenFence(),
    };

    private static async Task<string> Digest(LearnerLoop loop)
    {
        var limit = Task.Delay(Limit);
        while (loop.Position is null)
        {
            limit.IsCompleted.ShouldBeFalse("the learner did not load");
            await Task.Delay(5);
        }

        return loop.Position.Digest;
    }
}
