using MessagePack;

namespace PairUni.Contracts;

/// <summary>The register's answer to <see cref="JoinSilo"/>.</summary>
[MessagePackObject]
public sealed record SiloJoined
{
    /// <summary>Why it may not take part, in one sentence with the remedy; empty when it may.</summary>
    [Key(0)]
    public required string Refusal { get; init; }

    /// <summary>Whether a refusal may pass by itself: a silo of the same name may be dead already.</summary>
    [Key(1)]
    public required bool Retry { get; init; }

    /// <summary>The register's clock.</summary>
    [Key(2)]
    public required DateTimeOffset Now { get; init; }
}
