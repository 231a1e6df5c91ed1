using System.Buffers;
using System.Buffers.Binary;
using System.Text;

namespace MessagePack;

/// <summary>
/// Reads MessagePack values one after the other. Truncated input throws <see cref="EndOfStreamException"/>, a value of another
/// kind <see cref="MessagePackSerializationException"/>, an integer that does not fit <see cref="OverflowException"/>. No header
/// can announce more elements than the input has bytes left, so allocations stay within the input's size.
/// </summary>
public ref struct MessagePackReader
{
    private readonly ReadOnlyMemory<byte> _memory;
    private readonly ReadOnlySpan<byte> _span;
    private int _at;

    /// <summary>Reads <paramref name="memory"/>.</summary>
    public MessagePackReader(ReadOnlyMemory<byte> memory)
    {
        _memory = memory;
        _span = memory.Span;
    }

    /// <summary>Reads a sequence; one of several segments is copied together first.</summary>
    public MessagePackReader(in ReadOnlySequence<byte> readOnlySequence)
        : this(readOnlySequence.IsSingleSegment ? readOnlySequence.First : readOnlySequence.ToArray())
    {
    }

    /// <summary>Checked by formatters of large values.</summary>
    public CancellationToken CancellationToken { get; set; }

    /// <summary>Nesting level, see <see cref="MessagePackSecurity.DepthStep"/>.</summary>
    public int Depth { get; set; }

    /// <summary>All of the input.</summary>
    public readonly ReadOnlySequence<byte> Sequence => new(_memory);

    /// <summary>Bytes read so far.</summary>
    public readonly long Consumed => _at;

    /// <summary>True when nothing is left.</summary>
    public readonly bool End => _at >= _span.Length;

    /// <summary>True when the next value is nil.</summary>
    public readonly bool IsNil => NextCode == MessagePackCode.Nil;

    /// <summary>The family of the next value.</summary>
    public readonly MessagePackType NextMessagePackType => MessagePackCode.ToMessagePackType(NextCode);

    /// <summary>The first byte of the next value.</summary>
    public readonly byte NextCode => _at < _span.Length ? _span[_at] : throw Truncated();

    /// <summary>A reader at the same place that moves on its own.</summary>
    public readonly MessagePackReader CreatePeekReader() => this;

    /// <summary>Passes over one value, however deep, without recursion.</summary>
    public void Skip()
    {
        for (var left = 1L; left > 0; left--)
        {
            var code = NextCode;
            switch (MessagePackCode.ToMessagePackType(code))
            {
                case MessagePackType.Array:
                    left += ReadArrayHeader();
                    break;
                case MessagePackType.Map:
                    left += 2L * ReadMapHeader();
                    break;
                case MessagePackType.String:
                    Take(ReadLength(code, MessagePackCode.MinFixStr, MessagePackCode.MaxFixStr, MessagePackCode.Str8));
                    break;
                case MessagePackType.Binary:
                    Take(ReadLength(code, 1, 0, MessagePackCode.Bin8));
                    break;
                case MessagePackType.Extension:
                    Take((int)ReadExtensionFormatHeader().Length);
                    break;
                case MessagePackType.Integer when code is <= MessagePackCode.MaxFixInt or >= MessagePackCode.MinNegativeFixInt:
                case MessagePackType.Nil:
                case MessagePackType.Boolean:
                    _at++;
                    break;
                case MessagePackType.Integer:
                    Take(1 + (1 << ((code - MessagePackCode.UInt8) & 3)));
                    break;
                case MessagePackType.Float:
                    Take(code == MessagePackCode.Float32 ? 5 : 9);
                    break;
                default:
                    throw Unexpected(code);
            }
        }
    }

    /// <summary>Reads nil.</summary>
    public Nil ReadNil() => TryReadNil() ? Nil.Default : throw Unexpected(NextCode);

    /// <summary>Reads nil if it is next.</summary>
    public bool TryReadNil()
    {
        if (NextCode != MessagePackCode.Nil)
        {
            return false;
        }

        _at++;
        return true;
    }

    /// <summary>The next <paramref name="length"/> bytes as they are.</summary>
    public ReadOnlySequence<byte> ReadRaw(long length)
    {
        var start = _at;
        Take(checked((int)length));
        return new ReadOnlySequence<byte>(_memory.Slice(start, (int)length));
    }

    /// <summary>The bytes of the next value as they are.</summary>
    public ReadOnlySequence<byte> ReadRaw()
    {
        var start = _at;
        Skip();
        return new ReadOnlySequence<byte>(_memory[start.._at]);
    }

    /// <summary>Reads the number of elements of an array; never more than bytes are left.</summary>
    public int ReadArrayHeader()
    {
        var code = NextCode;
        uint count = code switch
        {
            >= MessagePackCode.MinFixArray and <= MessagePackCode.MaxFixArray => Fix(code & 0xf),
            MessagePackCode.Array16 => UInt16At(1, 3),
            MessagePackCode.Array32 => UInt32At(1, 5),
            _ => throw Unexpected(code),
        };
        return count <= (uint)(_span.Length - _at) ? (int)count : throw Truncated();
    }

    /// <summary>Reads the number of pairs of a map; never more than half the bytes left.</summary>
    public int ReadMapHeader()
    {
        var code = NextCode;
        uint count = code switch
        {
            >= MessagePackCode.MinFixMap and <= MessagePackCode.MaxFixMap => Fix(code & 0xf),
            MessagePackCode.Map16 => UInt16At(1, 3),
            MessagePackCode.Map32 => UInt32At(1, 5),
            _ => throw Unexpected(code),
        };
        return 2L * count <= _span.Length - _at ? (int)count : throw Truncated();
    }

    /// <summary>Reads true or false.</summary>
    public bool ReadBoolean()
    {
        var code = NextCode;
        if (code is not (MessagePackCode.True or MessagePackCode.False))
        {
            throw Unexpected(code);
        }

        _at++;
        return code == MessagePackCode.True;
    }

    /// <summary>Reads a UTF-16 code unit stored as an integer.</summary>
    public char ReadChar() => (char)ReadUInt16();

    /// <summary>Reads a number as float.</summary>
    public float ReadSingle() => NextCode switch
    {
        MessagePackCode.Float32 => BinaryPrimitives.ReadSingleBigEndian(Take(5)[1..]),
        MessagePackCode.Float64 => (float)BinaryPrimitives.ReadDoubleBigEndian(Take(9)[1..]),
        MessagePackCode.UInt64 => ReadUInt64(),
        _ => ReadInt64(),
    };

    /// <summary>Reads a number as double.</summary>
    public double ReadDouble() => NextCode switch
    {
        MessagePackCode.Float32 => BinaryPrimitives.ReadSingleBigEndian(Take(5)[1..]),
        MessagePackCode.Float64 => BinaryPrimitives.ReadDoubleBigEndian(Take(9)[1..]),
        MessagePackCode.UInt64 => ReadUInt64(),
        _ => ReadInt64(),
    };

    /// <summary>Reads a timestamp, always UTC.</summary>
    public DateTime ReadDateTime() => ReadDateTime(ReadExtensionFormatHeader());

    /// <summary>Reads the payload of a timestamp whose header was read already.</summary>
    public DateTime ReadDateTime(ExtensionHeader header)
    {
        if (header.TypeCode != -1)
        {
            throw new MessagePackSerializationException($"Extension TypeCode is invalid. typeCode: {header.TypeCode}");
        }

        switch (header.Length)
        {
            case 4:
                return DateTime.UnixEpoch.AddSeconds(BinaryPrimitives.ReadUInt32BigEndian(Take(4)));
            case 8:
                var both = BinaryPrimitives.ReadUInt64BigEndian(Take(8));
                return DateTime.UnixEpoch.AddSeconds(both & 0x3ffffffffUL).AddTicks((long)(both >> 34) / 100);
            case 12:
                var payload = Take(12);
                return DateTime.UnixEpoch.AddSeconds(BinaryPrimitives.ReadInt64BigEndian(payload[4..]))
                    .AddTicks(BinaryPrimitives.ReadUInt32BigEndian(payload) / 100);
            default:
                throw new MessagePackSerializationException($"Length of extension was {header.Length}. Either 4, 8 or 12 were expected.");
        }
    }

    /// <summary>Reads bin (or str, as its bytes) without copying; null for nil.</summary>
    public ReadOnlySequence<byte>? ReadBytes()
    {
        if (TryReadNil())
        {
            return null;
        }

        var (start, length) = Payload(binary: true);
        return new ReadOnlySequence<byte>(_memory.Slice(start, length));
    }

    /// <summary>Reads the UTF-8 bytes of a string without copying; null for nil.</summary>
    public ReadOnlySequence<byte>? ReadStringSequence()
    {
        if (TryReadNil())
        {
            return null;
        }

        var (start, length) = Payload(binary: false);
        return new ReadOnlySequence<byte>(_memory.Slice(start, length));
    }

    /// <summary>Reads the UTF-8 bytes of a string without copying; false (and nothing read) for nil.</summary>
    public bool TryReadStringSpan(out ReadOnlySpan<byte> span)
    {
        if (IsNil)
        {
            span = default;
            return false;
        }

        var (start, length) = Payload(binary: false);
        span = _span.Slice(start, length);
        return true;
    }

    /// <summary>Reads a string; null for nil.</summary>
    public string? ReadString()
    {
        if (TryReadNil())
        {
            return null;
        }

        var (start, length) = Payload(binary: false);
        return Encoding.UTF8.GetString(_span.Slice(start, length));
    }

    /// <summary>Reads type code and length of an extension value.</summary>
    public ExtensionHeader ReadExtensionFormatHeader()
    {
        var code = NextCode;
        uint length = code switch
        {
            >= MessagePackCode.FixExt1 and <= MessagePackCode.FixExt16 => Fix(1 << (code - MessagePackCode.FixExt1)),
            MessagePackCode.Ext8 => Take(2)[1],
            MessagePackCode.Ext16 => UInt16At(1, 3),
            MessagePackCode.Ext32 => UInt32At(1, 5),
            _ => throw Unexpected(code),
        };
        var typeCode = unchecked((sbyte)Take(1)[0]);
        return length <= (uint)(_span.Length - _at) ? new ExtensionHeader(typeCode, length) : throw Truncated();
    }

    /// <summary>Reads an extension value.</summary>
    public ExtensionResult ReadExtensionFormat()
    {
        var header = ReadExtensionFormatHeader();
        return new ExtensionResult(header.TypeCode, ReadRaw(header.Length));
    }

    /// <summary>Reads an integer.</summary>
    public byte ReadByte() => checked((byte)ReadInt64());

    /// <summary>Reads an integer.</summary>
    public ushort ReadUInt16() => checked((ushort)ReadInt64());

    /// <summary>Reads an integer.</summary>
    public uint ReadUInt32() => checked((uint)ReadInt64());

    /// <summary>Reads an integer.</summary>
    public ulong ReadUInt64() =>
        NextCode == MessagePackCode.UInt64 ? BinaryPrimitives.ReadUInt64BigEndian(Take(9)[1..]) : checked((ulong)ReadInt64());

    /// <summary>Reads an integer.</summary>
    public sbyte ReadSByte() => checked((sbyte)ReadInt64());

    /// <summary>Reads an integer.</summary>
    public short ReadInt16() => checked((short)ReadInt64());

    /// <summary>Reads an integer.</summary>
    public int ReadInt32() => checked((int)ReadInt64());

    /// <summary>Reads an integer.</summary>
    public long ReadInt64()
    {
        var code = NextCode;
        switch (code)
        {
            case <= MessagePackCode.MaxFixInt:
                _at++;
                return code;
            case >= MessagePackCode.MinNegativeFixInt:
                _at++;
                return unchecked((sbyte)code);
            case MessagePackCode.UInt8:
                return Take(2)[1];
            case MessagePackCode.Int8:
                return unchecked((sbyte)Take(2)[1]);
            case MessagePackCode.UInt16:
                return BinaryPrimitives.ReadUInt16BigEndian(Take(3)[1..]);
            case MessagePackCode.Int16:
                return BinaryPrimitives.ReadInt16BigEndian(Take(3)[1..]);
            case MessagePackCode.UInt32:
                return BinaryPrimitives.ReadUInt32BigEndian(Take(5)[1..]);
            case MessagePackCode.Int32:
                return BinaryPrimitives.ReadInt32BigEndian(Take(5)[1..]);
            case MessagePackCode.UInt64:
                return checked((long)BinaryPrimitives.ReadUInt64BigEndian(Take(9)[1..]));
            case MessagePackCode.Int64:
                return BinaryPrimitives.ReadInt64BigEndian(Take(9)[1..]);
            default:
                throw Unexpected(code);
        }
    }

    private (int Start, int Length) Payload(bool binary)
    {
        var code = NextCode;
        var length = MessagePackCode.ToMessagePackType(code) switch
        {
            MessagePackType.String => ReadLength(code, MessagePackCode.MinFixStr, MessagePackCode.MaxFixStr, MessagePackCode.Str8),
            MessagePackType.Binary when binary => ReadLength(code, 1, 0, MessagePackCode.Bin8),
            _ => throw Unexpected(code),
        };
        var start = _at;
        Take(length);
        return (start, length);
    }

    private int ReadLength(byte code, byte minFix, byte maxFix, byte code8)
    {
        var length = code >= minFix && code <= maxFix ? Fix(code - minFix)
            : code == code8 ? Take(2)[1]
            : code == code8 + 1 ? UInt16At(1, 3)
            : UInt32At(1, 5);
        return length <= (uint)(_span.Length - _at) ? (int)length : throw Truncated();
    }

    private uint Fix(int value)
    {
        _at++;
        return (uint)value;
    }

    private uint UInt16At(int offset, int size) => BinaryPrimitives.ReadUInt16BigEndian(Take(size)[offset..]);

    private uint UInt32At(int offset, int size) => BinaryPrimitives.ReadUInt32BigEndian(Take(size)[offset..]);

    private ReadOnlySpan<byte> Take(int count)
    {
        if (count > _span.Length - _at)
        {
            throw Truncated();
        }

        var slice = _span.Slice(_at, count);
        _at += count;
        return slice;
    }

    private static EndOfStreamException Truncated() => new("The MessagePack data ends inside a value.");

    private static MessagePackSerializationException Unexpected(byte code) =>
        new($"Unexpected msgpack code {code} ({MessagePackCode.ToFormatName(code)}) encountered.");
}
