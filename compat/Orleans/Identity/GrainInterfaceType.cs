namespace Orleans.Runtime;

/// <summary>The name of a grain interface.</summary>
public readonly struct GrainInterfaceType : IEquatable<GrainInterfaceType>
{
    /// <summary>An interface by its name.</summary>
    public GrainInterfaceType(string value) => Value = IdSpan.Create(value);

    /// <summary>An interface by its name.</summary>
    public GrainInterfaceType(IdSpan value) => Value = value;

    /// <summary>The name.</summary>
    public IdSpan Value { get; }

    /// <summary>True for the value that was never set.</summary>
    public bool IsDefault => Value.IsDefault;

    /// <summary>An interface by its name.</summary>
    public static GrainInterfaceType Create(string value) => new(value);

    public static bool operator ==(GrainInterfaceType left, GrainInterfaceType right) => left.Equals(right);

    public static bool operator !=(GrainInterfaceType left, GrainInterfaceType right) => !left.Equals(right);

    /// <inheritdoc/>
    public override bool Equals(object? obj) => obj is GrainInterfaceType other && Equals(other);

    /// <inheritdoc/>
    public bool Equals(GrainInterfaceType other) => Value.Equals(other.Value);

    /// <inheritdoc/>
    public override int GetHashCode() => Value.GetHashCode();

    /// <inheritdoc/>
    public override string ToString() => Value.ToString();
}
