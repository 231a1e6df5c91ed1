using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;
using Orleans.Clustering;
using Orleans.Configuration;
using Orleans.Runtime;

namespace Orleans.Silos;

/// <summary>Starts the silo with its host and stops it with it.</summary>
internal sealed class SiloHost(
    SiloRuntime silo,
    IServiceProvider services,
    IOptions<ClusterOptions> cluster,
    IOptions<SiloOptions> options,
    IOptions<DevelopmentClusterMembershipOptions> clustering,
    IOptions<GrainCollectionOptions> collection,
    IEnumerable<ClusteringChosen> chosen,
    IClusterJoin? join = null) : IHostedService
{
    private readonly StagedLifecycle _lifecycle = new();
    private ITimer? _collector;
    private int _stopped;

    public async Task StartAsync(CancellationToken cancellationToken)
    {
        if (!chosen.Any())
        {
            throw new OrleansConfigurationException(
                "Clustering has not been configured. Configure it on the ISiloBuilder, for example by UseLocalhostClustering().");
        }

        foreach (var participant in services.GetServices<ILifecycleParticipant<ISiloLifecycle>>())
        {
            participant.Participate(_lifecycle);
        }

        _lifecycle.Subscribe(nameof(SiloHost), ServiceLifecycleStage.BecomeActive, BecomeActive, BecomeInactive);
        try
        {
            await _lifecycle.Start(cancellationToken);
        }
        catch
        {
            await StopAsync(cancellationToken);
            throw;
        }
    }

    public async Task StopAsync(CancellationToken cancellationToken)
    {
        if (Interlocked.Exchange(ref _stopped, 1) != 0)
        {
            return;
        }

        await _lifecycle.Stop(silo.Log.StopFailed, cancellationToken);
        await silo.Leave();
    }

    private async Task BecomeActive(CancellationToken cancellationToken)
    {
        var name = options.Value.SiloName ?? $"Silo_{silo.SiloAddress.Generation:x}";
        var primary = clustering.Value.PrimarySiloEndpoint ?? silo.SiloAddress.Endpoint;
        if (join is not null)
        {
            await join.Join(silo, name, silo.Start, cancellationToken);
        }
        else
        {
            silo.Start(InProcessCluster.Join(
                cluster.Value.ClusterId,
                cluster.Value.ServiceId,
                primary,
                silo,
                new ClusterSilo(silo.SiloAddress, name, silo.Hosted.ToDictionary(one => one.GrainType), () => silo.Catalog.Count)));
        }

        silo.Log.Status(name, SiloStatus.Active, silo.SiloAddress);
        var quantum = collection.Value.CollectionQuantum;
        var time = services.GetRequiredKeyedService<TimeProvider>(TimeProviderNames.ActivationManagement);
        using (ExecutionContext.IsFlowSuppressed() ? default : ExecutionContext.SuppressFlow())
        {
            _collector = time.CreateTimer(static self => ((SiloRuntime)self!).CollectIdle(), silo, quantum, quantum);
        }
    }

    private async Task BecomeInactive(CancellationToken cancellationToken)
    {
        _collector?.Dispose();
        await silo.Deactivate(cancellationToken);
        await silo.Leave();
    }
}
