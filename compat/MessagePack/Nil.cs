namespace MessagePack;

/// <summary>The value nil, for places that need a type.</summary>
public struct Nil : IEquatable<Nil>
{
    /// <summary>The only value.</summary>
    public static readonly Nil Default;

    public static bool operator ==(Nil left, Nil right) => true;

    public static bool operator !=(Nil left, Nil right) => false;

    /// <inheritdoc/>
    public override bool Equals(object? obj) => obj is Nil;

    /// <inheritdoc/>
    public bool Equals(Nil other) => true;

    /// <inheritdoc/>
    public override int GetHashCode() => 0;

    /// <inheritdoc/>
    public override string ToString() => "()";
}
