using MessagePack;
using PairUni.Contracts;

namespace PairUni.Grains;

/// <summary>What the register stores; the processes tell who they are again and again.</summary>
[MessagePackObject]
public sealed class RunsState
{
    /// <summary>In the order of submission.</summary>
    [Key(0)]
    public RunEntry[] Runs { get; set; } = [];

    /// <summary>Workers and silos that were told to leave.</summary>
    [Key(1)]
    public string[] Drained { get; set; } = [];
}
