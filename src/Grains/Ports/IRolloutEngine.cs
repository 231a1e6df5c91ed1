using PairUni.Contracts;

namespace PairUni.Grains;

/// <summary>What a worker generates with: one device, one copy of the policy. Used by one caller at a time.</summary>
public interface IRolloutEngine
{
    /// <summary>Version of the weights that it holds; -1 before the first load.</summary>
    int PolicyVersion { get; }

    /// <summary>Digest of the weights that it holds; empty before the first load.</summary>
    string PolicyDigest { get; }

    /// <summary>Fetches the chunks that differ, verifies each by its hash, and holds the version from then on.</summary>
    /// <exception cref="WeightsRejectedException">A chunk is missing or not what its hash says; what was held before is no longer usable.</exception>
    Task Load(WeightManifest manifest, CancellationToken cancellationToken);

    /// <summary>Generates the group of a lease with the weights that it holds.</summary>
    Task<GeneratedGroup> Generate(GroupLease lease, CancellationToken cancellationToken);
}
