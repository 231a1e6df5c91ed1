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

    /// <summary>How often the run was submitted or resumed in its cluster, from 1: an attempt that is over is not begun again. 0 in one process.</summary>
    [Key(9)]
    public int Attempt { get; init; }

    /// <summary>How long one group may take, however often its lease is renewed: an engine that hangs must not keep it.</summary>
    [Key(10)]
    public required TimeSpan GroupLimit { get; init; }
}
