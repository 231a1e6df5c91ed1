using MessagePack;

namespace PairUni.Contracts;

/// <summary>The values of one reward for a group.</summary>
[MessagePackObject]
public sealed record RewardPart
{
    /// <summary>The reward's name.</summary>
    [Key(0)]
    public required string Name { get; init; }

    /// <summary>Its factor in the sum.</summary>
    [Key(1)]
    public required double Weight { get; init; }

    /// <summary>[G] unweighted values.</summary>
    [Key(2)]
    public required float[] Values { get; init; }
}
