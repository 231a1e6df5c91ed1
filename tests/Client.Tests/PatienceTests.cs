using Orleans.Runtime;
using PairUni.Contracts;
using PairUni.Grains.Tests;

namespace PairUni.Client.Tests;

public sealed class PatienceTests
{
    private readonly ManualTime _time = new();
    private int _calls;

    [Fact]
    public async Task ACallThatFails_IsMadeAgain_UntilItSucceeds()
    {
        var asked = Ask(_ => ++_calls < 3 ? Task.FromException<int>(new SiloUnavailableException("gone")) : Task.FromResult(7));
        await Pass(asked);
        (await asked, _calls).ShouldBe((7, 3));
    }

    [Fact]
    public async Task AnAttemptWithoutAnAnswer_IsGivenUpAfterHalfOfTheLimit()
    {
        var abandoned = CancellationToken.None;
        var asked = Ask(token =>
        {
            if (++_calls > 1) return Task.FromResult(7);
            abandoned = token;
            return new TaskCompletionSource<int>().Task;
        });
        _time.Advance(TimeSpan.FromSeconds(14.9));
        abandoned.IsCancellationRequested.ShouldBeFalse();
        _time.Advance(TimeSpan.FromSeconds(0.1));
        abandoned.IsCancellationRequested.ShouldBeTrue();
        await Pass(asked);
        (await asked).ShouldBe(7);
    }

    [Fact]
    public async Task WhenTheLimitIsOver_ItEndsWithASentenceThatNamesIt()
    {
        var start = _time.GetUtcNow();
        var asked = Ask(_ => Task.FromException<int>(new SiloUnavailableException("Connection refused.")));
        await Pass(asked);
        (await Should.ThrowAsync<UserErrorException>(() => asked)).Message.ShouldBe(
            "The cluster gave no answer within 30 s; see that a learner silo runs and ask again (the last attempt: Connection refused).");
        (_time.GetUtcNow() - start).ShouldBeGreaterThan(TimeSpan.FromSeconds(29));
    }

    [Fact]
    public async Task ARefusal_IsFinal()
    {
        await Should.ThrowAsync<UserErrorException>(() => Ask(_ =>
        {
            _calls++;
            return Task.FromException<int>(new UserErrorException("no"));
        }));
        _calls.ShouldBe(1);
    }

    private Task<int> Ask(Func<CancellationToken, Task<int>> call) => new Patience(TimeSpan.FromSeconds(30), _time).Ask(call, CancellationToken.None);

    private async Task Pass(Task asked)
    {
        while (!asked.IsCompleted)
        {
            _time.Advance(TimeSpan.FromMilliseconds(100));
            await Task.Yield();
        }
    }
}
