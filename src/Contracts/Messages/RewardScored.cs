using MessagePack;

namespace PairUni.Contracts;

/// <summary>A reward's answer to <see cref="ScoreGroup"/>.</summary>
[MessagePackObject]
public sealed record RewardScored
{
    /// <summary>The reward's name.</summary>
    [Key(0)]
    public required string Name { get; init; }

    /// <summary>[G] values; empty on failure.</summary>
    [Key(1)]
    public required float[] Values { get; init; }

    /// <summary>Why it could not score; absent when it did.</summary>
    [Key(2)]
    public string? Failure { get; init; }
}
