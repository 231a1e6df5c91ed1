using MessagePack;

namespace PairUni.Contracts;

/// <summary>The chunks that make up one version of the trained weights, in order.</summary>
[MessagePackObject]
public sealed record WeightManifest
{
    [Key(0)]
    public required int Version { get; init; }

    [Key(1)]
    public required WeightChunk[] Chunks { get; init; }

    /// <summary>Sum of the chunks' lengths in bytes.</summary>
    [Key(2)]
    public required long Bytes { get; init; }

    /// <summary>Identity of the model that the weights belong to: its configuration and tensor names.</summary>
    [Key(3)]
    public required string ModelFingerprint { get; init; }

    /// <summary>SHA-256 over the chunks' hashes, lower-case hexadecimal: equal weights have equal digests.</summary>
    [Key(4)]
    public required string Digest { get; init; }

    /// <summary>At most one for each chunk, in the order of the chunks. The pieces of a version are its chunks and then these.</summary>
    [Key(5)]
    public WeightDelta[] Deltas { get; init; } = [];

    /// <summary>Address of the process that made the version and has all of its pieces; empty when they never leave it.</summary>
    [Key(6)]
    public string Source { get; init; } = "";
}
