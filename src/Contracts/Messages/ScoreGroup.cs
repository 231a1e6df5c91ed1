using MessagePack;

namespace PairUni.Contracts;

/// <summary>Asks a reward for the value of each sample of a group.</summary>
[MessagePackObject]
public sealed record ScoreGroup
{
    [Key(0)]
    public required GroupKey Key { get; init; }

    /// <summary>Variant of the reward; empty is its default.</summary>
    [Key(1)]
    public required string Mode { get; init; }

    [Key(2)]
    public required GroupSpec Spec { get; init; }

    [Key(3)]
    public required GroupSample[] Samples { get; init; }
}
