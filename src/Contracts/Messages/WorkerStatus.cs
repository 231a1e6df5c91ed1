using MessagePack;

namespace PairUni.Contracts;

/// <summary>How a rollout worker stands.</summary>
[MessagePackObject]
public sealed record WorkerStatus
{
    [Key(0)]
    public required string Worker { get; init; }

    /// <summary>The run that it works for; empty for none.</summary>
    [Key(1)]
    public required string Run { get; init; }

    /// <summary>Version of the weights that it holds; -1 for none.</summary>
    [Key(2)]
    public required int PolicyVersion { get; init; }

    /// <summary>Groups that it delivered.</summary>
    [Key(3)]
    public required int Delivered { get; init; }

    /// <summary>Its last error; empty for none.</summary>
    [Key(4)]
    public required string Error { get; init; }
}
