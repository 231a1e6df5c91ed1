using MessagePack;

namespace PairUni.Contracts;

/// <summary>How a learner stands.</summary>
[MessagePackObject]
public sealed record LearnerStatus
{
    /// <summary>Whether the weights are loaded and published.</summary>
    [Key(0)]
    public required bool Ready { get; init; }

    /// <summary>Steps done; 0 while loading.</summary>
    [Key(1)]
    public required int Version { get; init; }

    /// <summary>The step being trained; 0 for none.</summary>
    [Key(2)]
    public required int Training { get; init; }

    /// <summary>Groups held for open steps.</summary>
    [Key(3)]
    public required int Held { get; init; }

    /// <summary>Why it cannot go on; empty otherwise.</summary>
    [Key(4)]
    public required string Error { get; init; }

    /// <summary>What is not right but does not end the run, such as a checkpoint that cannot be written just now; empty for nothing.</summary>
    [Key(5)]
    public required string Warning { get; init; }
}
