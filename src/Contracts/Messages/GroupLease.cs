using MessagePack;

namespace PairUni.Contracts;

/// <summary>The right to make one group until the lease runs out.</summary>
[MessagePackObject]
public sealed record GroupLease
{
    [Key(0)]
    public required GroupKey Key { get; init; }

    [Key(1)]
    public required long LeaseId { get; init; }

    /// <summary>Version of the weights to generate with.</summary>
    [Key(2)]
    public required int PolicyVersion { get; init; }

    [Key(3)]
    public required GroupSpec Spec { get; init; }

    /// <summary>How long the lease lasts from now, and from each renewal.</summary>
    [Key(4)]
    public required TimeSpan Duration { get; init; }
}
