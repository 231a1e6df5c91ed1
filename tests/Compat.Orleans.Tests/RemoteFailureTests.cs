using Microsoft.Extensions.DependencyInjection;
using Orleans;
using Orleans.Clustering;
using Orleans.Configuration;
using Orleans.Hosting;
using Orleans.Membership;
using Orleans.Runtime;
using Orleans.Silos;
using PairUni.Cli.Chaos;

namespace PairUni.Compat.Orleans;

/// <summary>Silos that die, stand still, are cut off or come twice; and a Redis that is away.</summary>
public sealed class RemoteFailureTests : IAsyncLifetime
{
    private RedisServer _redis = null!;

    public async ValueTask InitializeAsync() => _redis = await RedisServer.Start();

    public ValueTask DisposeAsync() => _redis.DisposeAsync();

    [Fact]
    public async Task AKilledSilo_FailsItsCalls_AndItsGrainsComeUpElsewhere()
    {
        await using var one = await Silo("one");
        await using var child = await ChildSilo.Start(_redis.ConnectionString, "child", 0.5);
        var grain = await GrainOn(one, child.Address);
        var waiting = grain.Wait("never");
        await child.Kill();
        await Should.ThrowAsync<SiloUnavailableException>(() => waiting);
        await TaskWaits.Until(async () => await Status(one, child.Address) == SiloStatus.Dead);
        (await grain.Add(1)).ShouldBe(1);
        (await grain.Where()).ShouldBe(one.Address);
    }

    [Fact]
    public async Task ACallToAKilledSilo_FailsAtOnce_UntilTheSiloIsDeclaredDead()
    {
        await using var one = await Silo("one", probe: 60);
        await using var child = await ChildSilo.Start(_redis.ConnectionString, "child", 60);
        var grain = await GrainOn(one, child.Address);
        await child.Kill();
        await TaskWaits.Until(async () =>
        {
            try
            {
                await grain.Add(1);
                return false;
            }
            catch (OrleansMessageRejectionException)
            {
                return true;
            }
        });
        (await Status(one, child.Address)).ShouldBe(SiloStatus.Active);
    }

    [Fact]
    public async Task ASiloThatStandsStill_IsDeclaredDead_AndEndsWhenItWakes()
    {
        await using var one = await Silo("one");
        await using var child = await ChildSilo.Start(_redis.ConnectionString, "child", 0.5);
        var grain = await GrainOn(one, child.Address);
        var waiting = grain.Wait("never");
        ProcessSignals.Send(child.Id, ProcessSignal.Stop);
        await Should.ThrowAsync<SiloUnavailableException>(() => waiting);
        await TaskWaits.Until(async () => await Status(one, child.Address) == SiloStatus.Dead);
        (await grain.Add(1)).ShouldBe(1);
        ProcessSignals.Send(child.Id, ProcessSignal.Continue);
        await child.Exit();
        child.ExitCode.ShouldNotBe(0);
    }

    [Fact]
    public async Task ASiloThatIsDeclaredDead_Ends()
    {
        var end = new RecordedEnd();
        await using var one = await Silo("one");
        await using var two = await RemoteSilo.Start(_redis.ConnectionString, "two", silo =>
        {
            Tuned(0.5)(silo);
            silo.Services.AddSingleton<IFatalError>(end);
        });
        await ((RemoteCluster)one.Services.GetRequiredService<SiloRuntime>().Cluster).Membership.Suspect(two.Address, "a test says so", certain: true, default);
        (await end.Reason.Task.WaitAsync(TimeSpan.FromSeconds(20))).ShouldContain("declared dead");
    }

    [Fact]
    public async Task Redis_MayBeAwayAndComeBack()
    {
        await using var one = await Silo("one");
        await using var two = await Silo("two");
        await using var client = await RemoteClient.Start(_redis.ConnectionString);
        var known = await GrainOn(one, two.Address);
        await known.Add(1);
        await _redis.Stop();
        (await known.Add(1)).ShouldBe(2);
        (await client.Grains.GetGrain<IPostGrain>(known.GetPrimaryKeyString()).Add(1)).ShouldBe(3);
        var fresh = one.Grains.GetGrain<IPostGrain>("while Redis is away").Add(5);
        await Task.WhenAny(fresh, Task.Delay(TimeSpan.FromSeconds(3)));
        fresh.IsCompleted.ShouldBeFalse();
        await _redis.Restart();
        (await fresh).ShouldBe(5);
        (await known.Add(1)).ShouldBe(4);
        (await Status(one, two.Address)).ShouldBe(SiloStatus.Active);
        for (var key = 0; key < 10; key++)
        {
            (await two.Grains.GetGrain<IPostGrain>($"after{key}").Add(1)).ShouldBe(1);
        }

        await using var three = await Silo("three");
        await TaskWaits.Until(async () => await Status(one, three.Address) == SiloStatus.Active);
    }

    [Fact]
    public async Task Redis_MayStandStill()
    {
        await using var one = await Silo("one");
        await using var two = await Silo("two");
        var known = await GrainOn(one, two.Address);
        await known.Add(1);
        _redis.Pause();
        var fresh = one.Grains.GetGrain<IPostGrain>("while Redis stands still").Add(5);
        await Task.WhenAny(fresh, Task.Delay(TimeSpan.FromSeconds(7)));
        fresh.IsCompleted.ShouldBeFalse();
        (await known.Add(1)).ShouldBe(2);
        _redis.Continue();
        (await fresh).ShouldBe(5);
        (await Status(one, two.Address)).ShouldBe(SiloStatus.Active);
        await using var three = await Silo("three");
        await TaskWaits.Until(async () => await Status(one, three.Address) == SiloStatus.Active);
    }

    [Fact]
    public async Task ATableThatWasLost_IsWrittenAgain_AndNoGrainIsActiveTwice()
    {
        await using var one = await Silo("one");
        await using var two = await Silo("two");
        var grain = await GrainOn(one, two.Address);
        await grain.Add(1);
        using (var redis = await StackExchange.Redis.ConnectionMultiplexer.ConnectAsync(_redis.ConnectionString))
        {
            await redis.GetDatabase().KeyDeleteAsync("tests/members/tests");
            await redis.GetDatabase().KeyDeleteAsync("tests/directory/tests");
            await redis.GetSubscriber().PublishAsync("tests/members/tests", "0");
        }

        await TaskWaits.Until(async () => (await one.Grains.GetGrain<IManagementGrain>(0).GetHosts(onlyActive: true)).Count == 2);
        await TaskWaits.Until(async () => await one.Grains.GetGrain<IManagementGrain>(0).GetActivationAddress(grain) is not null);
        await using var three = await Silo("three");
        (await three.Grains.GetGrain<IPostGrain>(grain.GetPrimaryKeyString()).Add(1)).ShouldBe(2);
    }

    [Fact]
    public async Task AClient_GoesOn_WhenItsSiloIsKilled()
    {
        await using var one = await ChildSilo.Start(_redis.ConnectionString, "one", 0.5);
        await using var two = await ChildSilo.Start(_redis.ConnectionString, "two", 0.5);
        await using var client = await RemoteClient.Start(_redis.ConnectionString);
        await client.Grains.GetGrain<IPostGrain>("a").Add(1);
        await one.Kill();
        for (var key = 0; key < 10; key++)
        {
            var grain = client.Grains.GetGrain<IPostGrain>($"{key}");
            await TaskWaits.Until(async () =>
            {
                try
                {
                    return (await grain.Where()).Equals(two.Address);
                }
                catch (OrleansMessageRejectionException)
                {
                    return false;
                }
            });
        }
    }

    [Fact]
    public async Task ASecondSilo_OfTheSameName_IsTurnedAway()
    {
        await using var one = await Silo("one");
        var exception = await Should.ThrowAsync<OrleansConfigurationException>(() => Silo("one"));
        exception.Message.ShouldBe($"A silo named one is in the cluster already, at {one.Address.Endpoint}; give each silo a name of its own.");
    }

    [Fact]
    public async Task ASecondSilo_OfTheSameEndpoint_IsTurnedAway()
    {
        var ports = RemoteSilo.FreePorts();
        await using var one = await RemoteSilo.Start(_redis.ConnectionString, "one", ports: ports);
        var exception = await Should.ThrowAsync<OrleansConfigurationException>(() => RemoteSilo.Start(_redis.ConnectionString, "two", ports: ports));
        exception.Message.ShouldContain($"127.0.0.1:{ports.Silo}");
        (await one.Grains.GetGrain<IPostGrain>("a").Add(1)).ShouldBe(1);
    }

    [Fact]
    public async Task ASiloThatIsStartedAgain_AtItsEndpoint_TakesThePlaceOfTheOneThatWasKilled()
    {
        await using var one = await Silo("one", probe: 60);
        var ports = RemoteSilo.FreePorts();
        var child = await ChildSilo.Start(_redis.ConnectionString, "again", 60, ports);
        var grain = await GrainOn(one, child.Address);
        await grain.Add(1);
        await child.Kill();
        await using var again = await ChildSilo.Start(_redis.ConnectionString, "again", 60, ports);
        await TaskWaits.Until(async () => await Status(one, child.Address) == SiloStatus.Dead);
        (await grain.Add(1)).ShouldBe(1);
        await child.DisposeAsync();
    }

    [Fact]
    public async Task ASiloThatIsStartedAgain_WithinTheSecond_IsAnotherOne()
    {
        var ports = RemoteSilo.FreePorts();
        var child = await ChildSilo.Start(_redis.ConnectionString, "again", 60, ports);
        await child.Kill();
        var later = SiloAddress.New(child.Address.Endpoint, child.Address.Generation + 1000);
        using (var redis = await StackExchange.Redis.ConnectionMultiplexer.ConnectAsync(_redis.ConnectionString))
        {
            // As if the clock had not gone on since.
            var (members, before, after) = ("tests/members/tests", child.Address.ToParsableString(), later.ToParsableString());
            var row = (string)(await redis.GetDatabase().HashGetAsync(members, before))!;
            await redis.GetDatabase().HashSetAsync(members, after, row.Replace(before, after, StringComparison.Ordinal));
            await redis.GetDatabase().HashDeleteAsync(members, before);
        }

        await using var again = await RemoteSilo.Start(_redis.ConnectionString, "again", ports: ports);
        again.Address.Generation.ShouldBe(later.Generation + 1);
        (await Status(again, later)).ShouldBe(SiloStatus.Dead);
        (await Status(again, again.Address)).ShouldBe(SiloStatus.Active);
        await child.DisposeAsync();
    }

    [Fact]
    public async Task WithoutRedis_ASiloSaysSo()
    {
        var exception = await Should.ThrowAsync<global::Orleans.Clustering.Redis.RedisClusteringException>(
            () => RemoteSilo.Start("127.0.0.1:1", "one", storage: false));
        exception.Message.ShouldBe("Redis at 127.0.0.1:1 cannot be reached; start it or correct the address.");
    }

    [Fact]
    public async Task WithAWrongPassword_ASiloSaysSo()
    {
        await using var locked = await RedisServer.Start("secret");
        var exception = await Should.ThrowAsync<global::Orleans.Clustering.Redis.RedisClusteringException>(
            () => RemoteSilo.Start($"{locked.Endpoint},password=wrong", "one", storage: false));
        exception.Message.ShouldBe($"Redis at {locked.Endpoint} refuses the password (or asks for one); correct it.");
    }

    private static Action<ISiloBuilder> Tuned(double probe) =>
        silo => silo.Configure<ClusterMembershipOptions>(options => options.ProbeTimeout = TimeSpan.FromSeconds(probe));

    private static async Task<SiloStatus> Status(RemoteSilo silo, SiloAddress address) =>
        (await silo.Grains.GetGrain<IManagementGrain>(0).GetHosts()).GetValueOrDefault(address);

    private static async Task<IPostGrain> GrainOn(RemoteSilo from, SiloAddress there)
    {
        await TaskWaits.Until(() => from.Sees(there));
        for (var key = 0; key < 100; key++)
        {
            var grain = from.Grains.GetGrain<IPostGrain>($"on{key}");
            if ((await grain.Where()).Equals(there))
            {
                return grain;
            }
        }

        throw new InvalidOperationException($"None of 100 grains came up on {there}.");
    }

    private Task<RemoteSilo> Silo(string name, double probe = 0.5) => RemoteSilo.Start(_redis.ConnectionString, name, Tuned(probe));

    private sealed class RecordedEnd : IFatalError
    {
        public TaskCompletionSource<string> Reason { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public void End(string reason) => Reason.TrySetResult(reason);
    }
}
