using MessagePack;

namespace PairUni.Contracts;

/// <summary>A reward that the groups of a task are scored with.</summary>
[MessagePackObject]
public sealed record RewardSpec
{
    [Key(0)]
    public required TaskKind Task { get; init; }

    [Key(1)]
    public required string Name { get; init; }

    [Key(2)]
    public required double Weight { get; init; }

    [Key(3)]
    public required string Mode { get; init; }
}
