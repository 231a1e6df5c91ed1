using MessagePack;

namespace PairUni.Contracts;

/// <summary>A shorter way to a chunk for whoever holds the chunk that it replaces: the elements that changed.</summary>
[MessagePackObject]
public sealed record WeightDelta
{
    /// <summary>Which of the manifest's chunks it makes, from 0.</summary>
    [Key(0)]
    public required int Chunk { get; init; }

    /// <summary>Hash of the chunk that it is applied to.</summary>
    [Key(1)]
    public required string Base { get; init; }

    /// <summary>SHA-256 of the delta itself, lower-case hexadecimal.</summary>
    [Key(2)]
    public required string Hash { get; init; }

    /// <summary>Length of the delta in bytes.</summary>
    [Key(3)]
    public required int Length { get; init; }
}
