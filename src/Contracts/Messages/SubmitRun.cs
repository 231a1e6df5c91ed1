using MessagePack;

namespace PairUni.Contracts;

/// <summary>Asks the cluster for a run.</summary>
[MessagePackObject]
public sealed record SubmitRun
{
    /// <summary>Name of the run and of its folder.</summary>
    [Key(0)]
    public required string Name { get; init; }

    /// <summary>The run's options as JSON (<see cref="Options.RunOptionsJson"/>).</summary>
    [Key(1)]
    public required string Options { get; init; }

    [Key(2)]
    public required SubmitMode Mode { get; init; }

    /// <summary><see cref="Contracts.Protocol.Version"/> of the sender.</summary>
    [Key(3)]
    public required int Protocol { get; init; }
}
