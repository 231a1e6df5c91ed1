using MessagePack;

namespace PairUni.Contracts;

/// <summary>A worker says that it is still at work.</summary>
[MessagePackObject]
public sealed record RenewLease
{
    [Key(0)]
    public required GroupKey Key { get; init; }

    [Key(1)]
    public required long LeaseId { get; init; }

    [Key(2)]
    public required string Worker { get; init; }

    /// <summary>Version of the weights that the group is made with: a run that came up elsewhere takes the lease over if that fits.</summary>
    [Key(3)]
    public required int PolicyVersion { get; init; }
}
