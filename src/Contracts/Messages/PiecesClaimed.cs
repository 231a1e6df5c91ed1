using MessagePack;

namespace PairUni.Contracts;

/// <summary>The answer to <see cref="ClaimPieces"/>.</summary>
[MessagePackObject]
public sealed record PiecesClaimed
{
    /// <summary>Whether the version is still kept; if not, fetching it is pointless.</summary>
    [Key(0)]
    public required bool Known { get; init; }

    /// <summary>What to get where; empty when every wanted piece is on its way to somebody who will have it soon.</summary>
    [Key(1)]
    public required PieceGrant[] Grants { get; init; }
}
