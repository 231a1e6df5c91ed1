using MessagePack;

namespace PairUni.Contracts;

/// <summary>A worker says that it leaves; what it holds goes to others.</summary>
[MessagePackObject]
public sealed record WorkerLeft
{
    [Key(0)]
    public required string Worker { get; init; }

    [Key(1)]
    public required string Reason { get; init; }
}
