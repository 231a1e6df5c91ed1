namespace Orleans.Runtime;

/// <summary>Tells one activation of a grain from the next.</summary>
public readonly struct ActivationId : IEquatable<ActivationId>
{
    private readonly Guid _key;

    /// <summary>An id.</summary>
    public ActivationId(Guid key) => _key = key;

    /// <summary>True for the value that was never set.</summary>
    public bool IsDefault => _key == Guid.Empty;

    /// <summary>An id that nobody else has.</summary>
    public static ActivationId NewId() => new(Guid.NewGuid());

    /// <summary>Reads what <see cref="ToString"/> wrote.</summary>
    internal static ActivationId FromString(string text) =>
        text.StartsWith('@') && Guid.TryParseExact(text.AsSpan(1), "N", out var key)
            ? new(key)
            : throw new FormatException($"\"{text}\" is no activation id; expected @ and 32 hexadecimal digits.");

    public static bool operator ==(ActivationId left, ActivationId right) => left.Equals(right);

    public static bool operator !=(ActivationId left, ActivationId right) => !left.Equals(right);

    /// <inheritdoc/>
    public override bool Equals(object? obj) => obj is ActivationId other && Equals(other);

    /// <inheritdoc/>
    public bool Equals(ActivationId other) => _key == other._key;

    /// <inheritdoc/>
    public override int GetHashCode() => _key.GetHashCode();

    /// <inheritdoc/>
    public override string ToString() => "@" + _key.ToString("N");
}
