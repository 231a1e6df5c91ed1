using MessagePack;

namespace PairUni.Contracts;

/// <summary>The answer to <see cref="ClaimWork"/>.</summary>
[MessagePackObject]
public sealed record WorkClaimed
{
    /// <summary>What to do now; empty when there is nothing.</summary>
    [Key(0)]
    public required GroupLease[] Leases { get; init; }

    /// <summary>The current version of the weights.</summary>
    [Key(1)]
    public required int PolicyVersion { get; init; }

    /// <summary>Identity of those weights (<see cref="WeightManifest.Digest"/>): a version that was trained again after a crash may differ.</summary>
    [Key(2)]
    public required string PolicyDigest { get; init; }

    /// <summary>Whether the run is over and the worker may leave.</summary>
    [Key(3)]
    public required bool RunEnded { get; init; }

    /// <summary>When to ask again if there is nothing to do.</summary>
    [Key(4)]
    public required TimeSpan RetryAfter { get; init; }

    /// <summary>Why the worker may not take part, in one sentence; empty when it may.</summary>
    [Key(5)]
    public required string Refusal { get; init; }
}
