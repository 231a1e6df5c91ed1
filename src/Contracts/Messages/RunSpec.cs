using MessagePack;

namespace PairUni.Contracts;

/// <summary>What the grains of a run must know of its options.</summary>
[MessagePackObject]
public sealed record RunSpec
{
    /// <summary>Name of the run.</summary>
    [Key(0)]
    public required string Run { get; init; }

    /// <summary>Steps of the run.</summary>
    [Key(1)]
    public required int MaxSteps { get; init; }

    /// <summary>Pairs of one step.</summary>
    [Key(2)]
    public required int PairsPerStep { get; init; }

    /// <summary>How many versions a group may be behind when it is trained.</summary>
    [Key(3)]
    public required int MaxLag { get; init; }

    /// <summary>How long a lease lasts without renewal.</summary>
    [Key(4)]
    public required TimeSpan LeaseDuration { get; init; }

    /// <summary>Steps between checkpoints; 0 saves at the end only.</summary>
    [Key(5)]
    public required int CheckpointEvery { get; init; }

    /// <summary>Most groups of one claim.</summary>
    [Key(6)]
    public required int GroupsPerClaim { get; init; }

    [Key(7)]
    public required RewardSpec[] Rewards { get; init; }

    /// <summary>Time without any progress after which the run fails with the last reason it heard.</summary>
    [Key(8)]
    public required TimeSpan StallLimit { get; init; }
}
