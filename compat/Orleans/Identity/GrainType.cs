namespace Orleans.Runtime;

/// <summary>The name of a grain class, for example <c>rollout</c> for RolloutGrain.</summary>
public readonly struct GrainType : IEquatable<GrainType>, IComparable<GrainType>
{
    /// <summary>A type by its name.</summary>
    public GrainType(IdSpan id) => Value = id;

    /// <summary>A type by the UTF-8 of its name.</summary>
    public GrainType(byte[] value) => Value = new IdSpan(value);

    /// <summary>The name.</summary>
    public IdSpan Value { get; }

    /// <summary>True for the value that was never set.</summary>
    public bool IsDefault => Value.IsDefault;

    /// <summary>A type by its name.</summary>
    public static GrainType Create(string value) => new(IdSpan.Create(value));

    public static bool operator ==(GrainType left, GrainType right) => left.Equals(right);

    public static bool operator !=(GrainType left, GrainType right) => !left.Equals(right);

    /// <summary>The name's UTF-8.</summary>
    public ReadOnlySpan<byte> AsSpan() => Value.AsSpan();

    /// <inheritdoc/>
    public override bool Equals(object? obj) => obj is GrainType other && Equals(other);

    /// <inheritdoc/>
    public bool Equals(GrainType obj) => Value.Equals(obj.Value);

    /// <inheritdoc/>
    public override int GetHashCode() => Value.GetHashCode();

    /// <inheritdoc/>
    public int CompareTo(GrainType other) => Value.CompareTo(other.Value);

    /// <inheritdoc/>
    public override string? ToString() => Value.ToString();
}
