using System.Net;
using Microsoft.Extensions.Options;
using Orleans.Clustering.Redis;
using Orleans.Configuration;
using Orleans.Membership;
using Orleans.Networking;
using Orleans.Runtime;
using Orleans.Silos;

namespace Orleans.Clustering;

/// <summary>Takes a silo into the cluster whose table is in Redis.</summary>
internal sealed class RemoteJoin(
    RedisLink redis,
    Network network,
    MembershipLog log,
    IFatalError fatal,
    IOptions<ClusterMembershipOptions> membership,
    IOptions<EndpointOptions> endpoints,
    IOptions<SiloConnectionOptions> connections) : IClusterJoin
{
    public async Task Join(SiloRuntime silo, string name, Action<ICluster> ready, CancellationToken cancellationToken)
    {
        await redis.Open();
        try
        {
            await Enter(silo, name, ready, cancellationToken);
        }
        catch
        {
            await network.DisposeAsync();
            await redis.DisposeAsync();
            throw;
        }
    }

    private async Task Enter(SiloRuntime silo, string name, Action<ICluster> ready, CancellationToken cancellationToken)
    {
        var where = endpoints.Value;
        SiloConnectionOptions.ISiloConnectionBuilderOptions middleware = connections.Value;
        var table = new RedisSiloTable(redis);
        using (var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken))
        {
            limit.CancelAfter(membership.Value.MaxJoinAttemptTime);
            silo.ComeAfter((await table.Read(limit.Token)).Rows.Keys);
        }

        network.Introduce(new Introduction(redis.ClusterId, redis.ServiceId, silo.SiloAddress, name));
        var row = new SiloRow(
            silo.SiloAddress.ToParsableString(), name, SiloStatus.Created, where.GatewayPort, Introduction.Version, 0, [],
            [.. silo.Classes.Values.Select(HostedClass.Of)]);
        var agent = new MembershipAgent(table, row, membership, log, fatal, silo.Time);
        var cluster = new RemoteCluster(silo, network, agent, log, redis, middleware);
        await network.Listen(
            where.SiloListeningEndpoint ?? new IPEndPoint(where.AdvertisedIPAddress, where.SiloPort), "silos", middleware.ConfigureSiloInboundBuilder, forClients: false);
        await agent.Join(other => IsThere(other, middleware), cancellationToken);
        await Task.WhenAll(agent.Known.Active.Where(other => !other.Address.Equals(silo.SiloAddress) && !agent.IsStale(agent.Known, other)).Select(async other =>
        {
            try
            {
                var connection = await network.Connect(other.Address.Endpoint, other.Address, middleware.ConfigureSiloOutboundBuilder);
                connection.Close("it was only to see whether it can be reached");
            }
            catch (Exception exception)
            {
                log.NotReachedWhileJoining(other.Address, exception.Message);
            }
        }));
        ready(cluster);
        if (where.GatewayPort != 0)
        {
            await network.Listen(
                where.GatewayListeningEndpoint ?? new IPEndPoint(where.AdvertisedIPAddress, where.GatewayPort), "clients", middleware.ConfigureGatewayInboundBuilder, forClients: true);
        }

        await agent.Activate(cancellationToken);
        cluster.StartProbing();
    }

    private async Task<bool> IsThere(SiloRow other, SiloConnectionOptions.ISiloConnectionBuilderOptions middleware)
    {
        try
        {
            (await network.Connect(other.Address.Endpoint, other.Address, middleware.ConfigureSiloOutboundBuilder)).Close("it was only to see whether it is there");
            return true;
        }
        catch (Exception)
        {
            return false;
        }
    }
}
