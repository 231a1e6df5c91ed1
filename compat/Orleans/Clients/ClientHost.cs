using Microsoft.Extensions.Hosting;
using Orleans.Clustering;
using Orleans.Runtime;
using Orleans.Silos;

namespace Orleans.Clients;

/// <summary>Connects the client with its host and closes it with it.</summary>
internal sealed class ClientHost(SiloRuntime client, IClusterJoin? join = null) : IHostedService
{
    public Task StartAsync(CancellationToken cancellationToken) => join is null
        ? throw new OrleansConfigurationException("The client does not know its cluster. Configure it on the IClientBuilder, for example by UseRedisClustering().")
        : join.Join(client, $"Client_{Environment.MachineName}_{Environment.ProcessId}", client.Start, cancellationToken);

    public async Task StopAsync(CancellationToken cancellationToken) => await client.Leave();
}
