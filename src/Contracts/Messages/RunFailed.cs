using MessagePack;

namespace PairUni.Contracts;

/// <summary>The run cannot go on.</summary>
[MessagePackObject]
public sealed record RunFailed
{
    /// <summary>Why, in one sentence.</summary>
    [Key(0)]
    public required string Reason { get; init; }

    /// <summary>Whether it is one that the person can mend (a full disk, a bad file).</summary>
    [Key(1)]
    public required bool UserError { get; init; }
}
