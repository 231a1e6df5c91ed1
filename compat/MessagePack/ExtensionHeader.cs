namespace MessagePack;

/// <summary>Type code and length in bytes of an extension value.</summary>
public struct ExtensionHeader : IEquatable<ExtensionHeader>
{
    /// <summary>A header.</summary>
    public ExtensionHeader(sbyte typeCode, uint length)
    {
        TypeCode = typeCode;
        Length = length;
    }

    /// <summary>A header.</summary>
    public ExtensionHeader(sbyte typeCode, int length) : this(typeCode, checked((uint)length))
    {
    }

    /// <summary>Negative codes are the specification's own (-1: timestamp).</summary>
    public sbyte TypeCode { get; private set; }

    /// <summary>Bytes of payload.</summary>
    public uint Length { get; private set; }

    /// <inheritdoc/>
    public bool Equals(ExtensionHeader other) => TypeCode == other.TypeCode && Length == other.Length;
}
