using Orleans.Activations;
using Orleans.Runtime;

namespace Orleans.Clustering;

/// <summary>An active silo as the others see it.</summary>
internal sealed record ClusterSilo(
    SiloAddress Address, string Name, IReadOnlyDictionary<GrainType, GrainClass> Classes, Func<int> Activations);
