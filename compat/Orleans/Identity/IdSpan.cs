using System.Text;

namespace Orleans.Runtime;

/// <summary>UTF-8 bytes that name something, with their hash.</summary>
public readonly struct IdSpan : IEquatable<IdSpan>, IComparable<IdSpan>
{
    private readonly byte[]? _value;
    private readonly int _hash;

    /// <summary>Takes <paramref name="value"/> as it is; it must not change afterwards.</summary>
    public IdSpan(byte[] value)
    {
        _value = value;
        _hash = Hash(value);
    }

    /// <summary>The bytes.</summary>
    public ReadOnlyMemory<byte> Value => _value;

    /// <summary>True for the value that was never set.</summary>
    public bool IsDefault => _value is null || _value.Length == 0;

    /// <summary>The UTF-8 of <paramref name="id"/>.</summary>
    public static IdSpan Create(string id) => id is not null ? new(Encoding.UTF8.GetBytes(id)) : default;

    public static bool operator ==(IdSpan left, IdSpan right) => left.Equals(right);

    public static bool operator !=(IdSpan left, IdSpan right) => !left.Equals(right);

    /// <summary>The bytes.</summary>
    public ReadOnlySpan<byte> AsSpan() => _value;

    /// <inheritdoc/>
    public override bool Equals(object? obj) => obj is IdSpan other && Equals(other);

    /// <inheritdoc/>
    public bool Equals(IdSpan obj) =>
        ReferenceEquals(_value, obj._value) || (_hash == obj._hash && AsSpan().SequenceEqual(obj.AsSpan()));

    /// <inheritdoc/>
    public override int GetHashCode() => _hash;

    /// <inheritdoc/>
    public int CompareTo(IdSpan other) => AsSpan().SequenceCompareTo(other.AsSpan());

    /// <inheritdoc/>
    public override string ToString() => Encoding.UTF8.GetString(AsSpan());

    // FNV-1a: the same in every process, as placement by hash needs.
    private static int Hash(byte[]? value)
    {
        var hash = 2166136261u;
        foreach (var one in value ?? [])
        {
            hash = (hash ^ one) * 16777619;
        }

        return (int)hash;
    }
}
