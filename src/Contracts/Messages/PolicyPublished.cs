using MessagePack;

namespace PairUni.Contracts;

/// <summary>A version of the policy can be fetched.</summary>
[MessagePackObject]
public sealed record PolicyPublished
{
    [Key(0)]
    public required int Version { get; init; }

    [Key(1)]
    public required WeightManifest Manifest { get; init; }
}
