using MessagePack;

namespace PairUni.Contracts;

/// <summary>A worker asks for groups.</summary>
[MessagePackObject]
public sealed record ClaimWork
{
    [Key(0)]
    public required string Worker { get; init; }

    /// <summary>Most groups that it takes.</summary>
    [Key(1)]
    public required int MaxGroups { get; init; }

    /// <summary>Version of the weights that it holds; -1 for none.</summary>
    [Key(2)]
    public required int HeldVersion { get; init; }

    /// <summary>Identity of the worker's program, native library and model; empty in one process.</summary>
    [Key(3)]
    public required string Fingerprint { get; init; }
}
