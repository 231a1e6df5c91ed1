using Microsoft.Extensions.DependencyInjection;
using Orleans;
using Orleans.Runtime;

namespace PairUni.Compat.Orleans;

public interface ITimedGrain : IGrainWithStringKey
{
    Task Start(string name, TimeSpan due, TimeSpan period, bool interleave);

    Task Change(TimeSpan due, TimeSpan period);

    Task StopTimer();

    Task Hold(string gate);

    Task Leave();
}

public sealed class TimedGrain(Probe probe) : Grain, ITimedGrain
{
    private static readonly TimeSpan Second = TimeSpan.FromSeconds(1);
    private IGrainTimer? _timer;

    public Task Start(string name, TimeSpan due, TimeSpan period, bool interleave)
    {
        var ticks = 0;
        _timer = this.RegisterGrainTimer(
            async (state, token) =>
            {
                ticks++;
                token.Register(() => probe.Say("token cancelled"));
                probe.Say(state, ticks.ToString());
                if (state == "fails" && ticks == 1)
                {
                    throw new InvalidTimeZoneException("a tick that fails");
                }

                if (state == "changes" && ticks == 1)
                {
                    _timer!.Change(Second, Timeout.InfiniteTimeSpan);
                    probe.Say("changed");
                    await probe.Wait("tick1");
                }

                if (state == "endless")
                {
                    await Task.Delay(Timeout.Infinite, token);
                }

                if (state == "waits")
                {
                    await probe.Wait("tick" + ticks);
                    probe.Say("tick ended");
                }
            },
            name,
            new GrainTimerCreationOptions(due, period) { Interleave = interleave });
        return Task.CompletedTask;
    }

    public Task Change(TimeSpan due, TimeSpan period)
    {
        _timer!.Change(due, period);
        return Task.CompletedTask;
    }

    public Task StopTimer()
    {
        _timer!.Dispose();
        return Task.CompletedTask;
    }

    public Task Hold(string gate)
    {
        probe.Say("held");
        return probe.Wait(gate);
    }

    public Task Leave()
    {
        this.DeactivateOnIdle();
        return Task.CompletedTask;
    }
}

public class TimerTests
{
    private static readonly TimeSpan Second = TimeSpan.FromSeconds(1);

    [Fact]
    public async Task A_timer_ticks_when_due_and_then_every_period()
    {
        var (silo, grain, time) = await Start();
        await using var _ = silo;
        await grain.Start("tick", 5 * Second, 2 * Second, false);
        time.Advance(5 * Second - TimeSpan.FromTicks(1));
        silo.Probe.Any("tick").ShouldBeFalse();
        for (var tick = 1; tick <= 4; tick++)
        {
            await TaskWaits.Until(() =>
            {
                time.Advance(tick == 1 ? TimeSpan.FromTicks(1) : 2 * Second);
                return Task.FromResult(silo.Probe.Any("tick"));
            });
            (await silo.Probe.Next("tick")).ShouldBe(tick.ToString());
        }
    }

    [Fact]
    public async Task A_tick_waits_for_a_call_and_a_call_for_a_tick()
    {
        var (silo, grain, time) = await Start();
        await using var _ = silo;
        await grain.Start("waits", Second, Timeout.InfiniteTimeSpan, false);
        var call = grain.Hold("gate");
        await silo.Probe.Next("held");
        time.Advance(Second);
        silo.Probe.Any("waits").ShouldBeFalse();
        silo.Probe.Open("gate");
        await call;
        await silo.Probe.Next("waits");
        var behind = grain.Hold("gate");
        silo.Probe.Any("held").ShouldBeFalse();
        silo.Probe.Open("tick1");
        await silo.Probe.Next("tick ended");
        await behind;
    }

    [Fact]
    public async Task An_interleaving_tick_does_not_wait_for_a_call()
    {
        var (silo, grain, time) = await Start();
        await using var _ = silo;
        await grain.Start("tick", Second, Timeout.InfiniteTimeSpan, true);
        var call = grain.Hold("gate");
        await silo.Probe.Next("held");
        time.Advance(Second);
        (await silo.Probe.Next("tick")).ShouldBe("1");
        silo.Probe.Open("gate");
        await call;
    }

    [Fact]
    public async Task A_tick_never_overlaps_itself()
    {
        var (silo, grain, time) = await Start();
        await using var _ = silo;
        await grain.Start("waits", Second, Second, true);
        time.Advance(Second);
        (await silo.Probe.Next("waits")).ShouldBe("1");
        time.Advance(10 * Second);
        silo.Probe.Any("waits").ShouldBeFalse();
        silo.Probe.Open("tick1");
        await silo.Probe.Next("tick ended");
        await TaskWaits.Until(() =>
        {
            time.Advance(Second);
            return Task.FromResult(silo.Probe.Any("waits"));
        });
        (await silo.Probe.Next("waits")).ShouldBe("2");
        silo.Probe.Open("tick2");
    }

    [Fact]
    public async Task A_tick_that_fails_does_not_end_the_timer()
    {
        var (silo, grain, time) = await Start();
        await using var _ = silo;
        await grain.Start("fails", Second, Second, false);
        time.Advance(Second);
        (await silo.Probe.Next("fails")).ShouldBe("1");
        await TaskWaits.Until(() =>
        {
            time.Advance(Second);
            return Task.FromResult(silo.Probe.Any("fails"));
        });
        (await silo.Probe.Next("fails")).ShouldBe("2");
    }

    [Fact]
    public async Task A_changed_timer_keeps_its_new_times_and_a_disposed_one_is_silent()
    {
        var (silo, grain, time) = await Start();
        await using var _ = silo;
        await grain.Start("tick", Timeout.InfiniteTimeSpan, Second, false);
        time.Advance(100 * Second);
        silo.Probe.Any("tick").ShouldBeFalse();
        await grain.Change(3 * Second, Timeout.InfiniteTimeSpan);
        time.Advance(3 * Second);
        (await silo.Probe.Next("tick")).ShouldBe("1");
        await grain.Change(Second, Second);
        await grain.StopTimer();
        (await silo.Probe.Next("token cancelled")).ShouldBe("");
        time.Advance(100 * Second);
        await grain.Hold("open").ContinueAfterOpening(silo.Probe, "open");
        silo.Probe.Any("tick").ShouldBeFalse();
    }

    [Fact]
    public async Task Timers_die_with_their_activation()
    {
        var (silo, grain, time) = await Start();
        await using var _ = silo;
        await grain.Start("tick", Second, Second, false);
        await grain.Leave();
        await grain.Hold("open").ContinueAfterOpening(silo.Probe, "open");
        time.Advance(100 * Second);
        await grain.Hold("open");
        silo.Probe.Any("tick").ShouldBeFalse();
    }

    [Fact]
    public async Task A_timer_changed_by_its_own_tick_ticks_again_after_it()
    {
        var (silo, grain, time) = await Start();
        await using var _ = silo;
        await grain.Start("changes", Second, 1000 * Second, false);
        time.Advance(Second);
        (await silo.Probe.Next("changes")).ShouldBe("1");
        await silo.Probe.Next("changed");
        time.Advance(Second);
        silo.Probe.Any("changes").ShouldBeFalse();
        silo.Probe.Open("tick1");
        (await silo.Probe.Next("changes")).ShouldBe("2");
        time.Advance(10 * Second);
        await grain.Hold("open").ContinueAfterOpening(silo.Probe, "open");
        silo.Probe.Any("changes").ShouldBeFalse();
    }

    [Fact]
    public async Task A_tick_that_waits_for_its_token_ends_when_the_grain_leaves()
    {
        var (silo, grain, time) = await Start();
        await using var _ = silo;
        await grain.Start("endless", Second, Second, true);
        time.Advance(Second);
        await silo.Probe.Next("endless");
        await grain.Leave();
        await silo.Probe.Next("token cancelled");
        await grain.Hold("open").ContinueAfterOpening(silo.Probe, "open");
    }

    private static async Task<(TestSilo Silo, ITimedGrain Grain, ManualTime Time)> Start()
    {
        var time = new ManualTime();
        var silo = await TestSilo.Start(one => one.Services.AddKeyedSingleton<TimeProvider>(TimeProviderNames.Grains, time));
        return (silo, silo.Grains.GetGrain<ITimedGrain>("a"), time);
    }
}

internal static class Opening
{
    /// <summary>Opens the gate that a call waits for and waits for the call.</summary>
    public static Task ContinueAfterOpening(this Task call, Probe probe, string gate)
    {
        probe.Open(gate);
        return call;
    }
}
