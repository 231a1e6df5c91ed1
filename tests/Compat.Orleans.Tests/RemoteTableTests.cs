using Microsoft.Extensions.DependencyInjection;
using Orleans.Clustering.Redis;
using Orleans.Configuration;
using Orleans.Hosting;
using PairUni.Cli.Chaos;

namespace PairUni.Compat.Orleans;

/// <summary>How silos hear of changes of the membership table.</summary>
public sealed class RemoteTableTests : IAsyncLifetime
{
    private RedisServer _redis = null!;

    public async ValueTask InitializeAsync() => _redis = await RedisServer.Start();

    public ValueTask DisposeAsync() => _redis.DisposeAsync();

    [Fact]
    public async Task AChange_WhoseMessageWasLost_IsSeenWithTheNextSignOfLife()
    {
        await using var one = await Silo("one");
        await using var two = await Silo("two");
        await TaskWaits.Until(() => one.Sees(two.Address));

        // As another silo would write it, but telling nobody.
        var link = one.Services.GetRequiredService<RedisLink>();
        var database = link.Multiplexer.GetDatabase();
        var row = (await database.HashGetAsync(link.Key, two.Address.ToParsableString())).ToString();
        row.ShouldContain("\"Active\"");
        await database.HashSetAsync(link.Key, two.Address.ToParsableString(), row.Replace("\"Active\"", "\"ShuttingDown\"", StringComparison.Ordinal));
        await database.HashIncrementAsync(link.Key, "Version");

        await TaskWaits.Until(async () => !await one.Sees(two.Address));
    }

    private Task<RemoteSilo> Silo(string name) => RemoteSilo.Start(_redis.ConnectionString, name, silo => silo.Configure<ClusterMembershipOptions>(options =>
    {
        options.IAmAliveTablePublishTimeout = TimeSpan.FromSeconds(3);
        options.TableRefreshTimeout = TimeSpan.FromHours(1);
    }));
}
