using MessagePack;

namespace PairUni.Contracts;

/// <summary>How a run sees one of its workers.</summary>
[MessagePackObject]
public sealed record WorkerEntry
{
    [Key(0)]
    public required string Worker { get; init; }

    /// <summary>Groups that it holds.</summary>
    [Key(1)]
    public required int Leased { get; init; }

    /// <summary>Groups of it that were settled since the run came up here.</summary>
    [Key(2)]
    public required int Delivered { get; init; }

    /// <summary>Measured speed; 0 before its first group.</summary>
    [Key(3)]
    public required double GroupsPerMinute { get; init; }

    /// <summary>Version of the weights that it held when it last asked; -1 for none.</summary>
    [Key(4)]
    public required int PolicyVersion { get; init; }

    /// <summary>Why it gets no work; empty when it does.</summary>
    [Key(5)]
    public required string SetAside { get; init; }
}
