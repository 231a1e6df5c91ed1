using MessagePack;

namespace PairUni.Contracts;

/// <summary>What a group is worth: the weighted sum, each part, or why it could not be scored.</summary>
[MessagePackObject]
public sealed record GroupScored
{
    [Key(0)]
    public required GroupKey Key { get; init; }

    /// <summary>[G] weighted sums of the parts; empty on failure.</summary>
    [Key(1)]
    public required float[] Rewards { get; init; }

    [Key(2)]
    public required RewardPart[] Parts { get; init; }

    /// <summary>Why the group failed; absent when it is scored.</summary>
    [Key(3)]
    public string? Failure { get; init; }
}
