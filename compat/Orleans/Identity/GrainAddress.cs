namespace Orleans.Runtime;

/// <summary>Where a grain is active.</summary>
public sealed class GrainAddress : IEquatable<GrainAddress>
{
    /// <summary>The grain.</summary>
    public GrainId GrainId { get; init; }

    /// <summary>Its activation.</summary>
    public ActivationId ActivationId { get; init; }

    /// <summary>The silo of that activation.</summary>
    public SiloAddress? SiloAddress { get; init; }

    /// <inheritdoc/>
    public override bool Equals(object? obj) => Equals(obj as GrainAddress);

    /// <inheritdoc/>
    public bool Equals(GrainAddress? other) =>
        other is not null && GrainId.Equals(other.GrainId) && ActivationId.Equals(other.ActivationId) && Equals(SiloAddress, other.SiloAddress);

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(GrainId, ActivationId, SiloAddress);

    /// <inheritdoc/>
    public override string ToString() => $"[GrainAddress GrainId {GrainId}, ActivationId: {ActivationId}, SiloAddress: {SiloAddress}]";
}
