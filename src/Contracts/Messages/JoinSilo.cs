using MessagePack;

namespace PairUni.Contracts;

/// <summary>A process asks to take part in the cluster, and says again and again that it is there.</summary>
[MessagePackObject]
public sealed record JoinSilo
{
    /// <summary>Who it is; the time is filled in by the register.</summary>
    [Key(0)]
    public required SiloEntry Silo { get; init; }

    /// <summary><see cref="Contracts.Protocol.Version"/> of the sender.</summary>
    [Key(1)]
    public required int Protocol { get; init; }
}
