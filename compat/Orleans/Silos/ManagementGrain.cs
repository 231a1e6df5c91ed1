using Orleans.Concurrency;
using Orleans.Runtime;

namespace Orleans.Silos;

/// <summary>Answers for the cluster from any silo.</summary>
[StatelessWorker(1)]
[GrainType("sys.management")]
internal sealed class ManagementGrain(SiloRuntime silo) : Grain, IManagementGrain
{
    public Task<Dictionary<SiloAddress, SiloStatus>> GetHosts(bool onlyActive = false) => Task.FromResult(
        silo.Cluster.Statuses.Where(one => !onlyActive || one.Value == SiloStatus.Active).ToDictionary());

    public Task ForceActivationCollection(TimeSpan ageLimit)
    {
        silo.Cluster.CollectIdle(ageLimit);
        return Task.CompletedTask;
    }

    public Task<int> GetTotalActivationCount() => Task.FromResult(silo.Cluster.Silos.Sum(one => one.Activations()));

    public async ValueTask<SiloAddress?> GetActivationAddress(IAddressable reference) =>
        (await silo.Cluster.Directory.Lookup(reference.GetGrainId()))?.SiloAddress;
}
