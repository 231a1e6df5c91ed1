using Microsoft.Extensions.DependencyInjection;
using Orleans;
using Orleans.Configuration;
using Orleans.Hosting;
using Orleans.Placement;
using Orleans.Runtime;

namespace PairUni.Compat.Orleans;

public interface ILifeGrain : IGrainWithStringKey
{
    Task<int> Generation();

    Task Leave();

    Task Hold(string gate);

    Task Stay(TimeSpan time);
}

public sealed class LifeGrain(Probe probe) : Grain, ILifeGrain, IDisposable
{
    private int _generation;

    public override async Task OnActivateAsync(CancellationToken cancellationToken)
    {
        var key = this.GetPrimaryKeyString();
        await Task.Yield();
        _generation = probe.Count("activated " + key);
        if (key.StartsWith("bad", StringComparison.Ordinal) && _generation == 1)
        {
            throw new InvalidTimeZoneException("cannot wake");
        }

        if (key.StartsWith("slow", StringComparison.Ordinal))
        {
            await probe.Wait("awake");
        }
    }

    public override Task OnDeactivateAsync(DeactivationReason reason, CancellationToken cancellationToken)
    {
        probe.Say("deactivated " + this.GetPrimaryKeyString(), reason.ReasonCode.ToString());
        return Task.CompletedTask;
    }

    public Task<int> Generation() => Task.FromResult(_generation);

    public Task Leave()
    {
        DeactivateOnIdle();
        return Task.CompletedTask;
    }

    public Task Hold(string gate)
    {
        probe.Say("held", gate);
        return probe.Wait(gate);
    }

    public Task Stay(TimeSpan time)
    {
        DelayDeactivation(time);
        return Task.CompletedTask;
    }

    public void Dispose() => probe.Say("disposed");
}

public interface IRaceGrain : IGrainWithStringKey
{
    Task<string> Silo();
}

// Every caller wants it on its own silo: only the directory can keep it single.
[PreferLocalPlacement]
public sealed class RaceGrain(Probe probe, ILocalSiloDetails silo) : Grain, IRaceGrain
{
    public override Task OnActivateAsync(CancellationToken cancellationToken)
    {
        probe.Count("raced " + this.GetPrimaryKeyString());
        return Task.CompletedTask;
    }

    public Task<string> Silo() => Task.FromResult(silo.SiloAddress.ToString());
}

[KeepAlive]
public sealed class ForeverGrain(Probe probe) : Grain, IForeverGrain
{
    public Task<int> Generation() => Task.FromResult(probe.Counted("forever"));

    public override Task OnActivateAsync(CancellationToken cancellationToken)
    {
        probe.Count("forever");
        return Task.CompletedTask;
    }
}

public interface IForeverGrain : IGrainWithStringKey
{
    Task<int> Generation();
}

public class ActivationTests
{
    [Fact]
    public async Task The_first_call_activates()
    {
        await using var silo = await TestSilo.Start();
        var grain = silo.Grains.GetGrain<ILifeGrain>("a");
        silo.Probe.Counted("activated a").ShouldBe(0);
        (await grain.Generation()).ShouldBe(1);
        (await grain.Generation()).ShouldBe(1);
    }

    [Fact]
    public async Task A_failed_activation_fails_its_callers_and_the_next_call_tries_again()
    {
        await using var silo = await TestSilo.Start();
        var grain = silo.Grains.GetGrain<ILifeGrain>("bad");
        (await Should.ThrowAsync<InvalidTimeZoneException>(() => grain.Generation())).Message.ShouldBe("cannot wake");
        (await grain.Generation()).ShouldBe(2);
    }

    [Fact]
    public async Task Calls_wait_until_the_grain_is_awake()
    {
        await using var silo = await TestSilo.Start();
        var calls = Enumerable.Range(0, 20).Select(_ => silo.Grains.GetGrain<ILifeGrain>("slow").Generation()).ToArray();
        silo.Probe.Open("awake");
        (await Task.WhenAll(calls)).ShouldAllBe(generation => generation == 1);
    }

    [Fact]
    public async Task A_grain_that_leaves_comes_back_new()
    {
        await using var silo = await TestSilo.Start();
        var grain = silo.Grains.GetGrain<ILifeGrain>("a");
        (await grain.Generation()).ShouldBe(1);
        await grain.Leave();
        (await silo.Probe.Next("deactivated a")).ShouldBe("ApplicationRequested");
        await silo.Probe.Next("disposed");
        (await grain.Generation()).ShouldBe(2);
    }

    [Fact]
    public async Task Calls_behind_the_one_that_leaves_reach_the_next_activation()
    {
        await using var silo = await TestSilo.Start();
        var grain = silo.Grains.GetGrain<ILifeGrain>("a");
        var hold = grain.Hold("gate");
        await silo.Probe.Next("held");
        var leave = grain.Leave();
        var after = Enumerable.Range(0, 10).Select(_ => grain.Generation()).ToArray();
        silo.Probe.Open("gate");
        await Task.WhenAll(hold, leave);
        (await Task.WhenAll(after)).ShouldAllBe(generation => generation == 2);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public async Task Concurrent_first_calls_make_one_activation(int seed)
    {
        await using var first = await TestSilo.Start();
        await using var second = await first.Join();
        const int Rounds = 80;
        var random = new Random(seed);
        var order = Enumerable.Range(0, Rounds).Select(_ => random.Next(40)).ToArray();
        using var start = new Barrier(2);
        var answers = await Task.WhenAll(new[] { first, second }.Select((silo, which) => Task.Factory.StartNew(
            () =>
            {
                var calls = new Task<string>[Rounds];
                for (var round = 0; round < Rounds; round++)
                {
                    var grain = silo.Grains.GetGrain<IRaceGrain>("k" + round);
                    start.SignalAndWait();

                    // One of the two is a little late, by a different number of spins each round.
                    Thread.SpinWait(round % 2 == which ? order[round] : 0);
                    calls[round] = grain.Silo();
                }

                return Task.WhenAll(calls);
            },
            TaskCreationOptions.LongRunning).Unwrap()));
        answers[0].ShouldBe(answers[1]);
        for (var round = 0; round < Rounds; round++)
        {
            first.Probe.Counted("raced k" + round).ShouldBe(1);
        }
    }

    [Theory]
    [InlineData(4)]
    [InlineData(5)]
    public async Task Grains_that_leave_and_are_called_at_once_answer_every_call(int seed)
    {
        await using var silo = await TestSilo.Start();
        var grain = silo.Grains.GetGrain<ILifeGrain>("busy");
        var random = new Random(seed);
        for (var round = 0; round < 30; round++)
        {
            var leaver = random.Next(20);
            await Task.WhenAll(Enumerable.Range(0, 20).Select(i => Task.Run(() => i == leaver ? grain.Leave() : grain.Generation())));
        }

        (await grain.Generation()).ShouldBe(31);
    }

    [Fact]
    public async Task A_call_survives_activations_that_leave_before_it_runs()
    {
        await using var silo = await TestSilo.Start();
        var grain = silo.Grains.GetGrain<ILifeGrain>("slow");
        var leaves = Enumerable.Range(0, 2).Select(_ => grain.Leave()).ToArray();
        var last = grain.Generation();
        silo.Probe.Open("awake");
        await Task.WhenAll(leaves);
        (await last).ShouldBe(3);
    }

    [Fact]
    public async Task Idle_grains_are_collected_after_their_age_and_others_are_not()
    {
        var time = new ManualTime();
        await using var silo = await TestSilo.Start(one =>
        {
            one.Services.AddKeyedSingleton<TimeProvider>(TimeProviderNames.ActivationManagement, time);
            one.Configure<GrainCollectionOptions>(options =>
            {
                options.CollectionAge = TimeSpan.FromMinutes(10);
                options.CollectionQuantum = TimeSpan.FromMinutes(1);
            });
        });
        var idle = silo.Grains.GetGrain<ILifeGrain>("idle");
        var used = silo.Grains.GetGrain<ILifeGrain>("used");
        var kept = silo.Grains.GetGrain<ILifeGrain>("kept");
        var forever = silo.Grains.GetGrain<IForeverGrain>("forever");
        await Task.WhenAll(idle.Generation(), used.Generation(), kept.Stay(TimeSpan.FromHours(1)), forever.Generation());
        time.Advance(TimeSpan.FromMinutes(6));
        await used.Generation();
        time.Advance(TimeSpan.FromMinutes(6));
        (await silo.Probe.Next("deactivated idle")).ShouldBe("ActivationIdle");
        (await idle.Generation()).ShouldBe(2);
        (await used.Generation()).ShouldBe(1);
        (await kept.Generation()).ShouldBe(1);
        (await forever.Generation()).ShouldBe(1);
    }

    [Fact]
    public async Task Stopping_a_silo_deactivates_its_grains()
    {
        await using var silo = await TestSilo.Start();
        await silo.Grains.GetGrain<ILifeGrain>("a").Generation();
        await silo.Stop();
        (await silo.Probe.Next("deactivated a")).ShouldBe("ShuttingDown");
    }

    [Fact]
    public async Task Calls_after_the_silo_has_stopped_fail()
    {
        var silo = await TestSilo.Start();
        var grain = silo.Grains.GetGrain<ILifeGrain>("a");
        await grain.Generation();
        await silo.Stop();
        await Should.ThrowAsync<Exception>(() => grain.Generation());
        await silo.DisposeAsync();
    }

    [Fact]
    public async Task A_grain_that_does_not_end_holds_up_the_stop_only_for_a_bounded_time()
    {
        var silo = await TestSilo.Start(one => one.Configure<GrainCollectionOptions>(options => options.DeactivationTimeout = TimeSpan.FromMilliseconds(300)));
        var call = silo.Grains.GetGrain<ILifeGrain>("a").Hold("never");
        await silo.Probe.Next("held");
        await silo.Stop().WaitAsync(TimeSpan.FromSeconds(20));
        await Should.ThrowAsync<Exception>(() => call.WaitAsync(TimeSpan.FromSeconds(20)));
        await silo.DisposeAsync();
    }

    [Fact]
    public async Task A_service_that_a_grain_lacks_is_named()
    {
        await using var silo = await TestSilo.Start();
        (await Should.ThrowAsync<Exception>(() => silo.Grains.GetGrain<INeedyGrain>("a").Nothing())).ToString().ShouldContain(nameof(IMissingService));
    }
}

public interface IMissingService;

public interface INeedyGrain : IGrainWithStringKey
{
    Task Nothing();
}

public sealed class NeedyGrain(IMissingService service) : Grain, INeedyGrain
{
    public Task Nothing() => Task.FromResult(service);
}
