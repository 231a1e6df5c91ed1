using Orleans;
using Orleans.Concurrency;
using Orleans.Configuration;
using Orleans.Hosting;
using Orleans.Runtime;

namespace PairUni.Compat.Orleans;

public interface ITurnGrain : IGrainWithStringKey
{
    Task<int> Enter(string name);

    [AlwaysInterleave]
    Task<int> EnterAlways(string name);

    [ReadOnly]
    Task<int> EnterReading(string name);

    Task<int> Inside();

    Task<int[]> Unsynchronized(int rounds);

    Task<bool> StaysOnScheduler();

    Task<bool> LeavesScheduler();

    Task CallBack(ITurnGrain other, string message);

    Task CallBackAllowed(ITurnGrain other);

    [ResponseTimeout("00:00:02")]
    Task Through(ITurnGrain back);

    Task Order(int number);
}

public sealed class TurnGrain(Probe probe) : Grain, ITurnGrain
{
    private int _inside;
    private int _counter;

    public async Task<int> Enter(string name)
    {
        _inside++;
        probe.Say("entered", name);
        await probe.Wait(name);
        return _inside--;
    }

    public Task<int> EnterAlways(string name) => Enter(name);

    public Task<int> EnterReading(string name) => Enter(name);

    public Task<int> Inside() => Task.FromResult(_inside);

    public async Task<int[]> Unsynchronized(int rounds)
    {
        // Lost updates would show here if two turns ever ran at once.
        for (var i = 0; i < rounds; i++)
        {
            var read = _counter;
            await Task.Yield();
            _counter = read + 1;
        }

        return [_counter];
    }

    public async Task<bool> StaysOnScheduler()
    {
        var scheduler = TaskScheduler.Current;
        await Task.Delay(1);
        await Task.Yield();
        await Task.Run(() => { });
        return ReferenceEquals(scheduler, TaskScheduler.Current) && !ReferenceEquals(scheduler, TaskScheduler.Default);
    }

    public async Task<bool> LeavesScheduler()
    {
        await Task.Delay(1).ConfigureAwait(false);
        return ReferenceEquals(TaskScheduler.Current, TaskScheduler.Default);
    }

    public Task CallBack(ITurnGrain other, string message) => other.Through(this.AsReference<ITurnGrain>());

    public async Task CallBackAllowed(ITurnGrain other)
    {
        using (RequestContext.AllowCallChainReentrancy())
        {
            await other.Through(this.AsReference<ITurnGrain>());
        }
    }

    public async Task Through(ITurnGrain back) => await back.Inside();

    public Task Order(int number)
    {
        probe.Say("order", number.ToString());
        return Task.CompletedTask;
    }
}

public interface IMixedTurnGrain : IGrainWithStringKey
{
    Task<int> Enter(string name);

    Task<int> Inside();
}

[Reentrant]
public sealed class MixedTurnGrain(Probe probe) : Grain, IMixedTurnGrain
{
    private int _inside;

    public async Task<int> Enter(string name)
    {
        _inside++;
        probe.Say("entered", name);
        await probe.Wait(name);
        return _inside--;
    }

    public Task<int> Inside() => Task.FromResult(_inside);
}

public class TurnTests
{
    [Fact]
    public async Task A_second_call_waits_for_the_first()
    {
        await using var silo = await TestSilo.Start();
        var grain = Grain(silo);
        var first = grain.Enter("one");
        (await silo.Probe.Next("entered")).ShouldBe("one");
        var second = grain.Enter("two");
        var between = grain.EnterAlways("between");
        (await silo.Probe.Next("entered")).ShouldBe("between");
        silo.Probe.Open("between");
        (await between).ShouldBe(2);
        silo.Probe.Any("entered").ShouldBeFalse();
        silo.Probe.Open("one");
        await first;
        (await silo.Probe.Next("entered")).ShouldBe("two");
        silo.Probe.Open("two");
        (await second).ShouldBe(1);
    }

    [Fact]
    public async Task Calls_of_a_reentrant_grain_interleave_at_awaits_but_never_run_at_once()
    {
        await using var silo = await TestSilo.Start();
        var grain = silo.Grains.GetGrain<IMixedTurnGrain>("a");
        var calls = Enumerable.Range(0, 10).Select(i => grain.Enter("same")).ToArray();
        for (var i = 0; i < 10; i++)
        {
            await silo.Probe.Next("entered");
        }

        (await grain.Inside()).ShouldBe(10);
        silo.Probe.Open("same");
        (await Task.WhenAll(calls)).Order().ShouldBe(Enumerable.Range(1, 10));
    }

    [Fact]
    public async Task Turns_of_one_grain_lose_no_update()
    {
        await using var silo = await TestSilo.Start();
        var grain = Grain(silo);
        var ends = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => Task.Run(() => grain.Unsynchronized(200))));
        ends.Max(end => end[0]).ShouldBe(1600);
    }

    [Fact]
    public async Task Read_only_calls_interleave_with_each_other_but_not_with_others()
    {
        await using var silo = await TestSilo.Start();
        var grain = Grain(silo);
        var readers = new[] { grain.EnterReading("r1"), grain.EnterReading("r2") };
        await silo.Probe.Next("entered");
        await silo.Probe.Next("entered");
        var writer = grain.Enter("w");
        silo.Probe.Open("r1");
        await readers[0];
        silo.Probe.Any("entered").ShouldBeFalse();
        silo.Probe.Open("r2");
        await readers[1];
        (await silo.Probe.Next("entered")).ShouldBe("w");
        silo.Probe.Open("w");
        (await writer).ShouldBe(1);
    }

    [Fact]
    public async Task An_await_comes_back_to_the_grains_scheduler_unless_told_not_to()
    {
        await using var silo = await TestSilo.Start();
        (await Grain(silo).StaysOnScheduler()).ShouldBeTrue();
        (await Grain(silo).LeavesScheduler()).ShouldBeTrue();
    }

    [Fact]
    public async Task A_call_that_comes_back_to_its_busy_grain_times_out()
    {
        await using var silo = await TestSilo.Start(one => one.Configure<SiloMessagingOptions>(options => options.ResponseTimeout = TimeSpan.FromSeconds(1)));
        var other = silo.Grains.GetGrain<ITurnGrain>("b");
        await Should.ThrowAsync<TimeoutException>(() => Grain(silo).CallBack(other, "x"));
        (await Grain(silo).Inside()).ShouldBe(0);
    }

    [Fact]
    public async Task A_call_that_comes_back_is_let_in_when_the_chain_was_allowed()
    {
        await using var silo = await TestSilo.Start();
        await Grain(silo).CallBackAllowed(silo.Grains.GetGrain<ITurnGrain>("b"));
    }

    [Fact]
    public async Task Calls_from_one_caller_arrive_in_order()
    {
        await using var silo = await TestSilo.Start();
        var grain = Grain(silo);
        await Task.WhenAll(Enumerable.Range(0, 500).Select(grain.Order));
        for (var i = 0; i < 500; i++)
        {
            (await silo.Probe.Next("order")).ShouldBe(i.ToString());
        }
    }

    private static ITurnGrain Grain(TestSilo silo) => silo.Grains.GetGrain<ITurnGrain>("a");
}
