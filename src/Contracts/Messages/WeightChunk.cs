using MessagePack;

namespace PairUni.Contracts;

/// <summary>A piece of a weight snapshot, named by its content.</summary>
[MessagePackObject]
public sealed record WeightChunk
{
    /// <summary>SHA-256 of the bytes, lower-case hexadecimal.</summary>
    [Key(0)]
    public required string Hash { get; init; }

    /// <summary>Length in bytes.</summary>
    [Key(1)]
    public required int Length { get; init; }
}
