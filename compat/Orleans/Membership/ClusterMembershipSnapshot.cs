using System.Collections.Immutable;

namespace Orleans.Runtime;

/// <summary>The cluster's silos at one time.</summary>
public sealed class ClusterMembershipSnapshot
{
    private readonly ImmutableDictionary<SiloAddress, SiloStatus> _statuses;

    internal ClusterMembershipSnapshot(ImmutableDictionary<SiloAddress, SiloStatus> statuses) => _statuses = statuses;

    /// <summary>Status of a silo; None for one that was never there.</summary>
    public SiloStatus GetSiloStatus(SiloAddress silo) => _statuses.GetValueOrDefault(silo, SiloStatus.None);
}
