using System.Collections.Immutable;
using Orleans.Runtime;

namespace Orleans.Clustering;

/// <summary>A silo's view of its cluster: who is there, where grains are, and how calls get from silo to silo.</summary>
internal interface ICluster
{
    /// <summary>The silos that take new activations.</summary>
    ImmutableArray<ClusterSilo> Silos { get; }

    /// <summary>Where grains are.</summary>
    IActivationDirectory Directory { get; }

    /// <summary>Hands a call to another silo; false when that silo is not there.</summary>
    bool TryDeliver(SiloAddress silo, Call call);

    /// <summary>Hands a call that was only just made, whose arguments are still the caller's own, to another process; false when it does not go to one for sure.</summary>
    bool TrySendAway(Call call) => false;

    /// <summary>From now on the silo gets no new activations, but still its calls.</summary>
    ValueTask Retire(SiloAddress silo);

    /// <summary>The silo is gone, with everything that was active on it.</summary>
    ValueTask Leave(SiloAddress silo);

    /// <summary>Status of every silo that was in the cluster.</summary>
    ImmutableDictionary<SiloAddress, SiloStatus> Statuses { get; }

    /// <summary>Collects idle activations on every silo.</summary>
    void CollectIdle(TimeSpan ageLimit);

    /// <summary>What memory storage named <paramref name="name"/> holds, the same for all silos.</summary>
    Storage.MemoryStore Memory(string name);
}
