using Orleans.Runtime;
using PairUni.Cli.Chaos;

namespace PairUni.Compat.Orleans;

/// <summary>Silos that share nothing but Redis and sockets.</summary>
public sealed class RemoteClusterTests : IAsyncLifetime
{
    private RedisServer _redis = null!;

    public async ValueTask InitializeAsync() => _redis = await RedisServer.Start();

    public ValueTask DisposeAsync() => _redis.DisposeAsync();

    [Fact]
    public async Task AGrain_IsTheSameOne_FromEverySilo()
    {
        await using var one = await Silo("one");
        await using var two = await Silo("two");
        for (var key = 0; key < 20; key++)
        {
            var first = one.Grains.GetGrain<IPostGrain>($"{key}");
            var second = two.Grains.GetGrain<IPostGrain>($"{key}");
            (await first.Add(1)).ShouldBe(1);
            (await second.Add(1)).ShouldBe(2);
            (await first.Where()).ShouldBe(await second.Where());
        }
    }

    [Fact]
    public async Task AGrain_GoesToTheSilo_ThatHostsItsClass()
    {
        await using var post = await Silo("post", [typeof(PostGrain)]);
        await using var stamp = await Silo("stamp", [typeof(StampGrain)]);
        (await stamp.Grains.GetGrain<IPostGrain>("a").Where()).ShouldBe(post.Address);
        await TaskWaits.Until(() => post.Sees(stamp.Address));
        (await post.Grains.GetGrain<IStampGrain>(1).Where()).ShouldBe(stamp.Address);
        (await stamp.Grains.GetGrain<IStampGrain>(1).Where()).ShouldBe(stamp.Address);
    }

    [Fact]
    public async Task AMessage_ArrivesAsItWasSent()
    {
        await using var post = await Silo("post", [typeof(PostGrain)]);
        await using var stamp = await Silo("stamp", [typeof(StampGrain)]);
        var answer = await stamp.Grains.GetGrain<IPostGrain>("a").Echo(new Parcel("box", [1, 2, 3], new byte[] { 7, 8 }));
        answer.Label.ShouldBe("box!");
        answer.Items.ShouldBe([1, 2, 3]);
        answer.Bytes.ToArray().ShouldBe([7, 8]);
    }

    [Fact]
    public async Task AReference_CanBeCalled_WhereItArrives()
    {
        await using var post = await Silo("post", [typeof(PostGrain)]);
        await using var stamp = await Silo("stamp", [typeof(StampGrain)]);
        var grains = stamp.Grains;
        (await grains.GetGrain<IPostGrain>("a").CallOther(grains.GetGrain<IPostGrain>("b"), 5)).ShouldBe(5);
        (await grains.GetGrain<IPostGrain>("b").Add(1)).ShouldBe(6);
    }

    [Fact]
    public async Task ManyFirstCalls_AtOnce_MakeOneActivation()
    {
        await using var one = await Silo("one");
        await using var two = await Silo("two");
        await using var three = await Silo("three");
        var silos = new[] { one, two, three };
        for (var round = 0; round < 10; round++)
        {
            var sums = await Task.WhenAll(Enumerable.Range(0, 30).Select(i => Task.Run(() => silos[i % 3].Grains.GetGrain<IPostGrain>($"race{round}").Add(1))));
            sums.Order().ShouldBe(Enumerable.Range(1, 30));
        }
    }

    [Fact]
    public async Task AClient_ReachesGrains_ThroughAnySilo()
    {
        await using var post = await Silo("post", [typeof(PostGrain)]);
        await using var stamp = await Silo("stamp", [typeof(StampGrain)]);
        await using var client = await RemoteClient.Start(_redis.ConnectionString);
        for (var key = 0; key < 10; key++)
        {
            var grain = client.Grains.GetGrain<IPostGrain>($"{key}");
            (await grain.Where()).ShouldBe(post.Address);
            (await grain.Add(3)).ShouldBe(3);
        }
    }

    [Fact]
    public async Task State_IsStoredInRedis()
    {
        await using (var one = await Silo("one"))
        {
            await one.Grains.GetGrain<IPostGrain>("a").Save("kept");
        }

        await using var two = await Silo("two");
        (await two.Grains.GetGrain<IPostGrain>("a").Load()).ShouldBe("kept");
        (await two.Grains.GetGrain<IPostGrain>("b").Load()).ShouldBeNull();
    }

    [Fact]
    public async Task ASiloThatLeaves_HandsItsGrainsOn()
    {
        await using var one = await Silo("one");
        var two = await Silo("two");
        await TaskWaits.Until(() => one.Sees(two.Address));
        for (var key = 0; key < 20; key++)
        {
            await one.Grains.GetGrain<IPostGrain>($"{key}").Add(1);
        }

        await two.DisposeAsync();
        for (var key = 0; key < 20; key++)
        {
            (await one.Grains.GetGrain<IPostGrain>($"{key}").Where()).ShouldBe(one.Address);
        }

        await TaskWaits.Until(async () => !await one.Sees(two.Address));
        var hosts = await one.Grains.GetGrain<IManagementGrain>(0).GetHosts();
        hosts[one.Address].ShouldBe(SiloStatus.Active);
        hosts[two.Address].ShouldBe(SiloStatus.Dead);
    }

    [Fact]
    public async Task SilosAreProcesses()
    {
        await using var one = await ChildSilo.Start(_redis.ConnectionString, "one");
        await using var two = await ChildSilo.Start(_redis.ConnectionString, "two");
        await using var client = await RemoteClient.Start(_redis.ConnectionString);
        var places = new HashSet<SiloAddress>();
        for (var key = 0; key < 20; key++)
        {
            var grain = client.Grains.GetGrain<IPostGrain>($"{key}");
            (await grain.Add(2)).ShouldBe(2);
            (await grain.CallOther(client.Grains.GetGrain<IPostGrain>("shared"), 1)).ShouldBe(key + 1);
            places.Add(await grain.Where());
        }

        places.Order().ShouldBe(new[] { one.Address, two.Address }.Order());
    }

    private Task<RemoteSilo> Silo(string name, Type[]? classes = null) => RemoteSilo.Start(_redis.ConnectionString, name, null, classes);
}
