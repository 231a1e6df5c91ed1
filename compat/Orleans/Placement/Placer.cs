using System.Collections.Immutable;
using Orleans.Clustering;
using Orleans.Runtime;

namespace Orleans.Placement;

/// <summary>Chooses the silo of a new activation among the active silos that host its class.</summary>
internal static class Placer
{
    /// <summary>The silo, or null when none hosts the class.</summary>
    public static SiloAddress? Choose(GrainId grainId, SiloAddress local, ImmutableArray<ClusterSilo> silos)
    {
        var able = silos.Where(silo => silo.Classes.ContainsKey(grainId.Type)).OrderBy(silo => silo.Address).ToArray();
        if (able.Length == 0)
        {
            return null;
        }

        var here = able.FirstOrDefault(silo => silo.Address.Equals(local));
        switch (able[0].Classes[grainId.Type].Strategy)
        {
            case StatelessWorkerPlacement or PreferLocalPlacement when here is not null:
                return here.Address;
            case HashBasedPlacement:
                return able[grainId.GetUniformHashCode() % (uint)able.Length].Address;
            case RandomPlacement or StatelessWorkerPlacement or PreferLocalPlacement:
                return able[Random.Shared.Next(able.Length)].Address;
            default:
                var least = able.OrderBy(silo => silo.Activations()).ThenByDescending(silo => ReferenceEquals(silo, here)).First();
                least.Placed();
                return least.Address;
        }
    }
}
