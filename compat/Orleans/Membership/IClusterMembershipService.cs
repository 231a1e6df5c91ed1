namespace Orleans.Runtime;

/// <summary>Tells what the cluster's silos are, as this silo knows.</summary>
public interface IClusterMembershipService
{
    /// <summary>The cluster as it is known now.</summary>
    ClusterMembershipSnapshot CurrentSnapshot { get; }
}
