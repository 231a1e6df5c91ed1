using Microsoft.Extensions.DependencyInjection;
using Orleans;
using Orleans.Concurrency;
using Orleans.Runtime;

namespace PairUni.Compat.Orleans;

public interface IPatientGrain : IGrainWithStringKey
{
    Task Hold(string gate);

    [ResponseTimeout("00:00:05")]
    Task HoldBriefly(string gate);

    Task<string> HoldCancellable(string gate, CancellationToken cancellationToken);

    [OneWay]
    Task Tell(string text);

    [OneWay]
    Task TellBadly();

    Task<int> Calls();
}

public sealed class PatientGrain(Probe probe) : Grain, IPatientGrain
{
    private int _calls;

    public async Task Hold(string gate)
    {
        _calls++;
        probe.Say("held", gate);
        await probe.Wait(gate);
    }

    public Task HoldBriefly(string gate) => Hold(gate);

    public async Task<string> HoldCancellable(string gate, CancellationToken cancellationToken)
    {
        _calls++;
        probe.Say("held", gate);
        try
        {
            await probe.Wait(gate).WaitAsync(cancellationToken);
            return "opened";
        }
        catch (OperationCanceledException)
        {
            probe.Say("cancelled", ReferenceEquals(TaskScheduler.Current, TaskScheduler.Default) ? "elsewhere" : "in a turn");
            throw;
        }
    }

    public Task Tell(string text)
    {
        probe.Say("told", text);
        return probe.Wait("never");
    }

    public Task TellBadly() => throw new InvalidTimeZoneException("nobody hears this");

    public Task<int> Calls() => Task.FromResult(_calls);
}

public class WaitingTests
{
    private static readonly TimeSpan Second = TimeSpan.FromSeconds(1);

    [Fact]
    public async Task A_call_without_an_answer_times_out_after_30_seconds()
    {
        var (silo, grain, time) = await Start();
        await using var _ = silo;
        var call = grain.Hold("gate");
        await silo.Probe.Next("held");
        time.Advance(29 * Second);
        call.IsCompleted.ShouldBeFalse();
        time.Advance(3 * Second);
        (await Should.ThrowAsync<TimeoutException>(() => call)).Message.ShouldContain("Hold");
        silo.Probe.Open("gate");
    }

    [Fact]
    public async Task A_method_may_have_its_own_time_limit()
    {
        var (silo, grain, time) = await Start();
        await using var _ = silo;
        var brief = grain.HoldBriefly("gate");
        await silo.Probe.Next("held");
        var longer = grain.Hold("gate");
        time.Advance(8 * Second);
        await Should.ThrowAsync<TimeoutException>(() => brief);
        longer.IsCompleted.ShouldBeFalse();
        silo.Probe.Open("gate");
        await longer;
    }

    [Fact]
    public async Task A_call_that_timed_out_in_the_queue_never_runs()
    {
        var (silo, grain, time) = await Start();
        await using var _ = silo;
        var first = grain.Hold("gate");
        await silo.Probe.Next("held");
        var queued = grain.HoldBriefly("gate");
        time.Advance(8 * Second);
        await Should.ThrowAsync<TimeoutException>(() => queued);
        silo.Probe.Open("gate");
        await first;
        (await grain.Calls()).ShouldBe(1);
    }

    [Fact]
    public async Task Many_calls_time_out_each_at_its_own_time()
    {
        var (silo, grain, time) = await Start();
        await using var _ = silo;
        var calls = new List<Task>();
        for (var i = 0; i < 10; i++)
        {
            calls.Add(grain.Hold("gate"));
            time.Advance(2 * Second);
        }

        for (var i = 0; i < 10; i++)
        {
            calls.Count(call => call.IsCompleted).ShouldBeLessThanOrEqualTo(i);
            time.Advance(i == 0 ? 12 * Second : 2 * Second);
            await Should.ThrowAsync<TimeoutException>(() => calls[i].WaitAsync(20 * Second));
        }

        silo.Probe.Open("gate");
    }

    [Fact]
    public async Task Cancelling_frees_the_caller_at_once_and_reaches_the_grain()
    {
        var (silo, grain, _) = await Start();
        await using var __ = silo;
        using var cancel = new CancellationTokenSource();
        var call = grain.HoldCancellable("gate", cancel.Token);
        await silo.Probe.Next("held");
        await cancel.CancelAsync();
        await Should.ThrowAsync<OperationCanceledException>(() => call);
        (await silo.Probe.Next("cancelled")).ShouldBe("in a turn");
    }

    [Fact]
    public async Task A_call_cancelled_before_it_is_made_is_not_made()
    {
        var (silo, grain, _) = await Start();
        await using var __ = silo;
        await Should.ThrowAsync<OperationCanceledException>(() => grain.HoldCancellable("gate", new CancellationToken(true)));
        (await grain.Calls()).ShouldBe(0);
    }

    [Fact]
    public async Task A_call_cancelled_in_the_queue_never_runs()
    {
        var (silo, grain, _) = await Start();
        await using var __ = silo;
        using var cancel = new CancellationTokenSource();
        var first = grain.Hold("gate");
        await silo.Probe.Next("held");
        var queued = grain.HoldCancellable("gate", cancel.Token);
        await cancel.CancelAsync();
        await Should.ThrowAsync<OperationCanceledException>(() => queued);
        silo.Probe.Open("gate");
        await first;
        (await grain.Calls()).ShouldBe(1);
    }

    [Fact]
    public async Task A_call_with_a_token_that_is_not_cancelled_answers()
    {
        var (silo, grain, _) = await Start();
        await using var __ = silo;
        using var cancel = new CancellationTokenSource();
        silo.Probe.Open("gate");
        (await grain.HoldCancellable("gate", cancel.Token)).ShouldBe("opened");
    }

    [Fact]
    public async Task A_one_way_call_does_not_wait_and_does_not_fail()
    {
        var (silo, grain, _) = await Start();
        await using var __ = silo;
        await silo.Grains.GetGrain<IPatientGrain>("b").TellBadly();
        await grain.Tell("hello");
        (await silo.Probe.Next("told")).ShouldBe("hello");
        silo.Probe.Open("never");
    }

    private static async Task<(TestSilo Silo, IPatientGrain Grain, ManualTime Time)> Start()
    {
        var time = new ManualTime();
        var silo = await TestSilo.Start(one => one.Services.AddKeyedSingleton<TimeProvider>(TimeProviderNames.Messaging, time));
        return (silo, silo.Grains.GetGrain<IPatientGrain>("a"), time);
    }
}
