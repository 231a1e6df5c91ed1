using System.Buffers;

namespace MessagePack;

/// <summary>Type code and payload of an extension value.</summary>
public struct ExtensionResult
{
    /// <summary>A value.</summary>
    public ExtensionResult(sbyte typeCode, Memory<byte> data) : this(typeCode, new ReadOnlySequence<byte>(data))
    {
    }

    /// <summary>A value.</summary>
    public ExtensionResult(sbyte typeCode, ReadOnlySequence<byte> data)
    {
        TypeCode = typeCode;
        Data = data;
    }

    /// <summary>The type code.</summary>
    public sbyte TypeCode { get; private set; }

    /// <summary>The payload.</summary>
    public ReadOnlySequence<byte> Data { get; private set; }

    /// <summary>Type code and length.</summary>
    public ExtensionHeader Header => new(TypeCode, checked((uint)Data.Length));
}
