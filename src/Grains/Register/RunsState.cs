using MessagePack;
using PairUni.Contracts;

namespace PairUni.Grains;

/// <summary>What the register stores.</summary>
[MessagePackObject]
public sealed class RunsState
{
    /// <summary>In the order of submission.</summary>
    [Key(0)]
    public RunEntry[] Runs { get; set; } = [];

    /// <summary>Workers and silos that were told to leave.</summary>
    [Key(1)]
    public string[] Drained { get; set; } = [];

    /// <summary>Those who were there last, so that a register that comes up elsewhere knows them before they speak again.</summary>
    [Key(2)]
    public SiloEntry[] Silos { get; set; } = [];
}
