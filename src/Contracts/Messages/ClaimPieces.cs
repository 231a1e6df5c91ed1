using MessagePack;

namespace PairUni.Contracts;

/// <summary>A process says which pieces of a version it holds and asks where to get others.</summary>
[MessagePackObject]
public sealed record ClaimPieces
{
    [Key(0)]
    public required int Version { get; init; }

    /// <summary>Identity of the version (<see cref="WeightManifest.Digest"/>).</summary>
    [Key(1)]
    public required string Digest { get; init; }

    /// <summary>Address under which it serves what it holds.</summary>
    [Key(2)]
    public required string Holder { get; init; }

    /// <summary>One bit for each piece, lowest bit first: verified and served from now on.</summary>
    [Key(3)]
    public required ReadOnlyMemory<byte> Held { get; init; }

    /// <summary>One bit for each piece: needed and not on its way.</summary>
    [Key(4)]
    public required ReadOnlyMemory<byte> Wanted { get; init; }

    /// <summary>Most pieces that it takes; 0 just says what it holds.</summary>
    [Key(5)]
    public required int MaxPieces { get; init; }

    /// <summary>Sources that failed it since it asked last.</summary>
    [Key(6)]
    public required string[] Failed { get; init; }
}
