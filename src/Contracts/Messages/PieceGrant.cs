using MessagePack;

namespace PairUni.Contracts;

/// <summary>Where to get a piece of a version.</summary>
/// <param name="Piece">Number of the piece: a chunk of the manifest, or, from the number of chunks on, a delta.</param>
/// <param name="Source">Address of a process that holds it.</param>
[MessagePackObject]
public readonly record struct PieceGrant([property: Key(0)] int Piece, [property: Key(1)] string Source);
