using MessagePack;

namespace PairUni.Contracts;

/// <summary>All that the register knows, as of a version.</summary>
[MessagePackObject]
public sealed record RunRegister
{
    /// <summary>Grows with each change.</summary>
    [Key(0)]
    public required long Version { get; init; }

    /// <summary>In the order of submission.</summary>
    [Key(1)]
    public required RunEntry[] Runs { get; init; }

    /// <summary>By name.</summary>
    [Key(2)]
    public required SiloEntry[] Silos { get; init; }

    /// <summary>Workers (silo/device) and silos that were told to leave.</summary>
    [Key(3)]
    public required string[] Drained { get; init; }
}
