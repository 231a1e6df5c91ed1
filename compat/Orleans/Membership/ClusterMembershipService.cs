using Orleans.Runtime;
using Orleans.Silos;

namespace Orleans.Membership;

/// <summary>The membership of this silo's cluster.</summary>
internal sealed class ClusterMembershipService(SiloRuntime silo) : IClusterMembershipService
{
    public ClusterMembershipSnapshot CurrentSnapshot => new(silo.Cluster.Statuses);
}
