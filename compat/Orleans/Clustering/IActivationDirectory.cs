using Orleans.Runtime;

namespace Orleans.Clustering;

/// <summary>Knows where each grain is active; the one place that keeps a grain from being active twice.</summary>
internal interface IActivationDirectory
{
    /// <summary>Where the grain is active, or null.</summary>
    ValueTask<GrainAddress?> Lookup(GrainId grainId);

    /// <summary>Enters <paramref name="address"/> unless the grain is active elsewhere; the entry that then holds.</summary>
    ValueTask<GrainAddress> Register(GrainAddress address);

    /// <summary>Removes exactly this entry.</summary>
    ValueTask Unregister(GrainAddress address);

    /// <summary>The grain was not where this said.</summary>
    void Forget(GrainId grainId)
    {
    }
}
