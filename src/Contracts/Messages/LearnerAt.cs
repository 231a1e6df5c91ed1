using MessagePack;

namespace PairUni.Contracts;

/// <summary>The learner tells the run where it stands; the run goes on from there, backwards if it must.</summary>
[MessagePackObject]
public sealed record LearnerAt
{
    /// <summary>Steps done.</summary>
    [Key(0)]
    public required int Version { get; init; }

    /// <summary>Identity of the weights of that version.</summary>
    [Key(1)]
    public required string Digest { get; init; }

    /// <summary>Groups of open steps that it holds already.</summary>
    [Key(2)]
    public required GroupKey[] Held { get; init; }

    /// <summary>Groups of open steps that are dropped.</summary>
    [Key(3)]
    public required GroupKey[] Dropped { get; init; }

    /// <summary>Whether it trains no more: the last step is done, or it was told to stop; what had to be saved is saved.</summary>
    [Key(4)]
    public required bool Ended { get; init; }

    /// <summary>Whether it has just come up: then the groups named here are all that it has, and leases from before are void.</summary>
    [Key(5)]
    public required bool Loaded { get; init; }

    /// <summary>Number of this learner among the learners that the run had; each is higher than those before it. 0 in one process.</summary>
    [Key(6)]
    public required long Epoch { get; init; }
}
