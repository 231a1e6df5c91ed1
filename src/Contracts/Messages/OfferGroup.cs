using MessagePack;

namespace PairUni.Contracts;

/// <summary>A worker offers a scored group to the learner.</summary>
[MessagePackObject]
public sealed record OfferGroup
{
    [Key(0)]
    public required long LeaseId { get; init; }

    [Key(1)]
    public required GroupSpec Spec { get; init; }

    [Key(2)]
    public required GeneratedGroup Group { get; init; }

    [Key(3)]
    public required GroupScored Score { get; init; }
}
