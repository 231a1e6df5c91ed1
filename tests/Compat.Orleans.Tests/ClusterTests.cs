using Microsoft.Extensions.DependencyInjection;
using Orleans;
using Orleans.Concurrency;
using Orleans.Configuration;
using Orleans.Hosting;
using Orleans.Placement;
using Orleans.Runtime;

namespace PairUni.Compat.Orleans;

public interface IPlaceGrain : IGrainWithStringKey
{
    Task<string> Where();

    Task<string> Hold(string gate);

    Task<Note> Echo(Note note);

    Task<string> Ask(IPlaceGrain other);

    Task<IPlaceGrain> Self();
}

public abstract class PlaceGrainBase(ILocalSiloDetails silo, Probe probe) : Grain
{
    public Task<string> Where() => Task.FromResult(silo.SiloAddress.ToString());

    public async Task<string> Hold(string gate)
    {
        probe.Say("held", gate);
        await probe.Wait(gate);
        return silo.SiloAddress.ToString();
    }

    public Task<Note> Echo(Note note) => Task.FromResult(note);

    public Task<string> Ask(IPlaceGrain other) => other.Where();

    public Task<IPlaceGrain> Self() => Task.FromResult(this.AsReference<IPlaceGrain>());
}

public sealed class PlaceGrain(ILocalSiloDetails silo, Probe probe) : PlaceGrainBase(silo, probe), IPlaceGrain;

public interface INearGrain : IGrainWithStringKey
{
    Task<string> Where();
}

[PreferLocalPlacement]
public sealed class NearGrain(ILocalSiloDetails silo) : Grain, INearGrain
{
    public Task<string> Where() => Task.FromResult(silo.SiloAddress.ToString());
}

public interface IWorkerGrain : IGrainWithStringKey
{
    Task<string> Hold(string gate);

    Task<string> Where();
}

[StatelessWorker(3)]
public sealed class WorkerGrain(ILocalSiloDetails silo, Probe probe) : Grain, IWorkerGrain
{
    private readonly int _number = probe.Count("workers");

    public async Task<string> Hold(string gate)
    {
        probe.Say("working", _number.ToString());
        await probe.Wait(gate);
        return _number.ToString();
    }

    public Task<string> Where() => Task.FromResult(silo.SiloAddress.ToString());
}

public class ClusterTests
{
    [Fact]
    public async Task Silos_of_one_cluster_see_the_same_grain()
    {
        await using var first = await TestSilo.Start();
        await using var second = await first.Join();
        for (var i = 0; i < 20; i++)
        {
            var here = await first.Grains.GetGrain<IPlaceGrain>("g" + i).Where();
            (await second.Grains.GetGrain<IPlaceGrain>("g" + i).Where()).ShouldBe(here);
        }
    }

    [Fact]
    public async Task A_class_runs_only_on_silos_that_host_it()
    {
        await using var first = await TestSilo.Start(one => one.Configure<GrainTypeOptions>(options => options.Classes.Remove(typeof(PlaceGrain))));
        await using var second = await first.Join();
        var address = second.Services.GetRequiredService<ILocalSiloDetails>().SiloAddress.ToString();
        await TaskWaits.Until(async () =>
        {
            try
            {
                return await first.Grains.GetGrain<IPlaceGrain>("a").Where() == address;
            }
            catch (ArgumentException)
            {
                // The first silo may not have heard yet what the second hosts.
                return false;
            }
        });
        for (var i = 0; i < 10; i++)
        {
            (await first.Grains.GetGrain<IPlaceGrain>("g" + i).Where()).ShouldBe(address);
        }
    }

    [Fact]
    public async Task A_class_that_nobody_hosts_is_named()
    {
        await using var silo = await TestSilo.Start(one => one.Configure<GrainTypeOptions>(options => options.Classes.Remove(typeof(PlaceGrain))));
        Should.Throw<ArgumentException>(() => silo.Grains.GetGrain<IPlaceGrain>("a")).Message.ShouldContain(nameof(IPlaceGrain));
    }

    [Fact]
    public async Task Messages_between_silos_are_copies_and_references_work_there()
    {
        await using var first = await TestSilo.Start();
        await using var second = await first.Join();
        foreach (var silo in new[] { first, second })
        {
            var near = await silo.Grains.GetGrain<INearGrain>("near " + silo.Endpoint).Where();
            near.ShouldBe(silo.Services.GetRequiredService<ILocalSiloDetails>().SiloAddress.ToString());
        }

        var there = second.Grains.GetGrain<IPlaceGrain>("b");
        var address = await there.Where();
        (await first.Grains.GetGrain<IPlaceGrain>("a").Ask(there)).ShouldBe(address);
        var note = new Note { Text = "x" };
        (await first.Grains.GetGrain<IPlaceGrain>("b").Echo(note)).ShouldNotBeSameAs(note);
        (await there.Self()).ShouldBe(there);
    }

    [Fact]
    public async Task When_a_silo_stops_its_grains_come_up_elsewhere()
    {
        await using var first = await TestSilo.Start();
        await using var second = await first.Join();
        var stays = first.Services.GetRequiredService<ILocalSiloDetails>().SiloAddress.ToString();
        var grains = Enumerable.Range(0, 20).Select(i => first.Grains.GetGrain<IPlaceGrain>("g" + i)).ToArray();
        await Task.WhenAll(grains.Select(grain => grain.Where()));
        await second.Stop();
        foreach (var grain in grains)
        {
            (await grain.Where()).ShouldBe(stays);
        }
    }

    [Fact]
    public async Task Calls_made_while_a_silo_stops_are_answered()
    {
        await using var first = await TestSilo.Start();
        await using var second = await first.Join();
        var grains = Enumerable.Range(0, 50).Select(i => first.Grains.GetGrain<IPlaceGrain>("g" + i)).ToArray();
        await Task.WhenAll(grains.Select(grain => grain.Where()));
        var stop = Task.Run(second.Stop);
        var calls = 0;
        while (!stop.IsCompleted)
        {
            await grains[calls++ % grains.Length].Where();
        }

        await stop;
        await Task.WhenAll(grains.Select(grain => grain.Where()));
    }

    [Fact]
    public async Task A_stopping_silo_lets_its_calls_end()
    {
        await using var first = await TestSilo.Start(one => one.Configure<GrainTypeOptions>(options => options.Classes.Remove(typeof(WorkerGrain))));
        await using var second = await first.Join();
        var grain = second.Grains.GetGrain<IPlaceGrain>("a");
        var where = await grain.Where();
        var call = grain.Hold("gate");
        await first.Probe.Next("held");
        var stop = second.Stop();
        first.Probe.Open("gate");
        await stop;
        (await call.WaitAsync(TimeSpan.FromSeconds(20))).ShouldBe(where);
    }

    [Fact]
    public async Task Stateless_workers_work_side_by_side_up_to_their_number()
    {
        await using var silo = await TestSilo.Start();
        var worker = silo.Grains.GetGrain<IWorkerGrain>("w");
        var calls = Enumerable.Range(0, 6).Select(_ => worker.Hold("gate")).ToArray();
        var numbers = new[] { await silo.Probe.Next("working"), await silo.Probe.Next("working"), await silo.Probe.Next("working") };
        numbers.Distinct().Count().ShouldBe(3);
        silo.Probe.Any("working").ShouldBeFalse();
        silo.Probe.Open("gate");
        (await Task.WhenAll(calls)).Distinct().Count().ShouldBe(3);
        silo.Probe.Counted("workers").ShouldBe(3);
    }

    [Fact]
    public async Task Stateless_workers_are_on_the_callers_silo()
    {
        await using var first = await TestSilo.Start();
        await using var second = await first.Join();
        foreach (var silo in new[] { first, second })
        {
            (await silo.Grains.GetGrain<IWorkerGrain>("w").Where()).ShouldBe(silo.Services.GetRequiredService<ILocalSiloDetails>().SiloAddress.ToString());
        }
    }

    [Fact]
    public async Task The_management_grain_knows_silos_and_activations()
    {
        await using var first = await TestSilo.Start();
        await using var second = await first.Join();
        var management = first.Grains.GetGrain<IManagementGrain>(0);
        (await management.GetHosts(onlyActive: true)).Count.ShouldBe(2);
        var grain = first.Grains.GetGrain<IPlaceGrain>("a");
        (await management.GetActivationAddress(grain)).ShouldBeNull();
        var where = await grain.Where();
        (await management.GetActivationAddress(grain))!.ToString().ShouldBe(where);
        await management.ForceActivationCollection(TimeSpan.Zero);
        await TaskWaits.Until(async () => await management.GetActivationAddress(grain) is null);
    }

    [Fact]
    public async Task Clusters_with_other_names_do_not_meet()
    {
        await using var first = await TestSilo.Start();
        await using var second = await TestSilo.Start();
        var here = await first.Grains.GetGrain<IPlaceGrain>("a").Where();
        (await second.Grains.GetGrain<IPlaceGrain>("a").Where()).ShouldNotBe(here);
    }
}
