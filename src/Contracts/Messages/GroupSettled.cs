using MessagePack;

namespace PairUni.Contracts;

/// <summary>A group needs no more work.</summary>
[MessagePackObject]
public sealed record GroupSettled
{
    [Key(0)]
    public required GroupKey Key { get; init; }

    [Key(1)]
    public required GroupOutcome Outcome { get; init; }

    /// <summary>Why it was dropped; empty when accepted.</summary>
    [Key(2)]
    public required string Reason { get; init; }
}
