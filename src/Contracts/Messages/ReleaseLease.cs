using MessagePack;

namespace PairUni.Contracts;

/// <summary>A worker hands a group back.</summary>
[MessagePackObject]
public sealed record ReleaseLease
{
    [Key(0)]
    public required GroupKey Key { get; init; }

    [Key(1)]
    public required long LeaseId { get; init; }

    [Key(2)]
    public required string Worker { get; init; }

    /// <summary>Why, for the journal.</summary>
    [Key(3)]
    public required string Reason { get; init; }

    /// <summary>Whether the work was tried and failed: a group that fails too often is dropped.</summary>
    [Key(4)]
    public required bool Failed { get; init; }

    /// <summary>Whether the worker hands it back untouched, because it leaves: nobody is to blame.</summary>
    [Key(5)]
    public bool Untried { get; init; }
}
