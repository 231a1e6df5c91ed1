using MessagePack;

namespace PairUni.Contracts;

/// <summary>Whether a request to the register was granted.</summary>
[MessagePackObject]
public sealed record RequestAnswer
{
    /// <summary>Why not, in one sentence with the remedy; empty when it was.</summary>
    [Key(0)]
    public required string Refusal { get; init; }
}
