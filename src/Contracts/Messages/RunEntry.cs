using MessagePack;

namespace PairUni.Contracts;

/// <summary>A submitted run, as the register knows it.</summary>
[MessagePackObject]
public sealed record RunEntry
{
    [Key(0)]
    public required string Name { get; init; }

    /// <summary>The run's options as JSON (<see cref="Options.RunOptionsJson"/>).</summary>
    [Key(1)]
    public required string Options { get; init; }

    /// <summary>How often it was submitted or resumed, from 1.</summary>
    [Key(2)]
    public required int Attempt { get; init; }

    /// <summary>What is wanted of it.</summary>
    [Key(3)]
    public required RunWish Wish { get; init; }

    /// <summary>Running until the run said how it ended.</summary>
    [Key(4)]
    public required RunPhase Phase { get; init; }

    /// <summary>Why it failed; empty otherwise.</summary>
    [Key(5)]
    public required string Error { get; init; }

    /// <summary>When it was submitted or resumed last.</summary>
    [Key(6)]
    public required DateTimeOffset Submitted { get; init; }
}
