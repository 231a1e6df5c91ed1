using Orleans.Membership;
using Orleans.Runtime;

namespace Orleans.Clustering;

/// <summary>An active silo as the others see it.</summary>
internal sealed record ClusterSilo(
    SiloAddress Address, string Name, IReadOnlyDictionary<GrainType, HostedClass> Classes, Func<int> Activations)
{
    /// <summary>Told when a new activation was placed there, so that the count is right before the silo says so itself.</summary>
    public Action Placed { get; init; } = static () => { };
}
