using MessagePack;

namespace PairUni.Contracts;

/// <summary>A group as a worker generated it.</summary>
[MessagePackObject]
public sealed record GeneratedGroup
{
    [Key(0)]
    public required GroupKey Key { get; init; }

    /// <summary>Who generated it.</summary>
    [Key(1)]
    public required string Worker { get; init; }

    /// <summary>Version of the weights that it was sampled with.</summary>
    [Key(2)]
    public required int PolicyVersion { get; init; }

    /// <summary>[G] samples in the order of the spec's seeds; empty when generation failed.</summary>
    [Key(3)]
    public required GroupSample[] Samples { get; init; }

    /// <summary>Digest of those weights: a version that was trained again after a crash may have others.</summary>
    [Key(4)]
    public required string PolicyDigest { get; init; }
}
