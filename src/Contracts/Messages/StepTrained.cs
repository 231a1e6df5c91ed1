using MessagePack;

namespace PairUni.Contracts;

/// <summary>A step is done: version <see cref="Version"/> of the policy exists.</summary>
[MessagePackObject]
public sealed record StepTrained
{
    /// <summary>The step, from 1.</summary>
    [Key(0)]
    public required int Step { get; init; }

    /// <summary>The version that it made; equal to the step.</summary>
    [Key(1)]
    public required int Version { get; init; }

    /// <summary>Metrics by name.</summary>
    [Key(2)]
    public required Dictionary<string, double> Metrics { get; init; }
}
