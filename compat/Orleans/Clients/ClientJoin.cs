using Microsoft.Extensions.Options;
using Orleans.Clustering;
using Orleans.Clustering.Redis;
using Orleans.Configuration;
using Orleans.Membership;
using Orleans.Networking;
using Orleans.Silos;

namespace Orleans.Clients;

/// <summary>Connects a client to the cluster whose table is in Redis.</summary>
internal sealed class ClientJoin(
    RedisLink redis,
    Network network,
    MembershipLog log,
    IOptions<ClientConnectionOptions> connections,
    IOptions<ConnectionOptions> opening,
    IOptions<GatewayOptions> gateways) : IClusterJoin
{
    public async Task Join(SiloRuntime silo, string name, Action<ICluster> ready, CancellationToken cancellationToken)
    {
        await redis.Open();
        network.Introduce(new Introduction(redis.ClusterId, redis.ServiceId, silo.SiloAddress, name));
        var cluster = new ClientCluster(
            silo, network, redis, log, connections.Value.Build, gateways.Value.GatewayListRefreshPeriod, opening.Value.OpenConnectionTimeout);
        try
        {
            await cluster.Start(cancellationToken);
        }
        catch
        {
            await cluster.Leave(silo.SiloAddress);
            throw;
        }

        ready(cluster);
    }
}
