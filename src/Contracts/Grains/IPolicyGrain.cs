using Orleans;
using Orleans.Concurrency;

namespace PairUni.Contracts;

/// <summary>Knows the current version of the policy, the manifests of the last few, and who holds their pieces. Key: the run's name.</summary>
public interface IPolicyGrain : IGrainWithStringKey
{
    /// <summary>Makes a version current.</summary>
    Task Publish(PolicyPublished published, CancellationToken cancellationToken);

    /// <summary>The current version; nothing before the first.</summary>
    [AlwaysInterleave]
    Task<PolicyPublished?> Current(CancellationToken cancellationToken);

    /// <summary>The manifest of a version; nothing when it is unknown or too old.</summary>
    [AlwaysInterleave]
    Task<WeightManifest?> Manifest(int version, CancellationToken cancellationToken);

    /// <summary>Takes note of what a process holds of a version and says where to get what it wants.</summary>
    [AlwaysInterleave]
    Task<PiecesClaimed> Claim(ClaimPieces claim, CancellationToken cancellationToken);
}
