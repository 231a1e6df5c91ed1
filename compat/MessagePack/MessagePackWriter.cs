using System.Buffers;
using System.Buffers.Binary;
using System.Text;

namespace MessagePack;

/// <summary>Writes MessagePack values, each in its shortest form, to a buffer writer. Call <see cref="Flush"/> at the end.</summary>
public ref struct MessagePackWriter
{
    private readonly IBufferWriter<byte> _writer;
    private Span<byte> _span;
    private int _used;

    /// <summary>Writes to <paramref name="writer"/>.</summary>
    public MessagePackWriter(IBufferWriter<byte> writer) => _writer = writer ?? throw new ArgumentNullException(nameof(writer));

    /// <summary>Checked by formatters of large values.</summary>
    public CancellationToken CancellationToken { get; set; }

    /// <summary>A writer with the same settings and another target.</summary>
    public MessagePackWriter Clone(IBufferWriter<byte> writer) => new(writer) { CancellationToken = CancellationToken };

    /// <summary>Hands what was written to the buffer writer.</summary>
    public void Flush()
    {
        if (_used > 0)
        {
            _writer.Advance(_used);
        }

        _span = default;
        _used = 0;
    }

    /// <summary>At least <paramref name="length"/> bytes to fill; follow with <see cref="Advance"/>.</summary>
    public Span<byte> GetSpan(int length)
    {
        if (_span.Length - _used < length)
        {
            Flush();
            _span = _writer.GetSpan(length);
        }

        return _span[_used..];
    }

    /// <summary>Takes <paramref name="length"/> bytes of the span as written.</summary>
    public void Advance(int length) => _used += length;

    /// <summary>Writes nil.</summary>
    public void WriteNil() => Byte(MessagePackCode.Nil);

    /// <summary>Copies bytes that already are MessagePack.</summary>
    public void WriteRaw(scoped ReadOnlySpan<byte> rawMessagePackBlock)
    {
        rawMessagePackBlock.CopyTo(GetSpan(rawMessagePackBlock.Length));
        _used += rawMessagePackBlock.Length;
    }

    /// <summary>Copies bytes that already are MessagePack.</summary>
    public void WriteRaw(in ReadOnlySequence<byte> rawMessagePackBlock)
    {
        foreach (var segment in rawMessagePackBlock)
        {
            WriteRaw(segment.Span);
        }
    }

    /// <summary>Starts an array of <paramref name="count"/> values.</summary>
    public void WriteArrayHeader(int count) => WriteArrayHeader(checked((uint)count));

    /// <summary>Starts an array of <paramref name="count"/> values.</summary>
    public void WriteArrayHeader(uint count) => Header(count, MessagePackCode.MinFixArray, 15, 0, MessagePackCode.Array16);

    /// <summary>Starts a map of <paramref name="count"/> pairs.</summary>
    public void WriteMapHeader(int count) => WriteMapHeader(checked((uint)count));

    /// <summary>Starts a map of <paramref name="count"/> pairs.</summary>
    public void WriteMapHeader(uint count) => Header(count, MessagePackCode.MinFixMap, 15, 0, MessagePackCode.Map16);

    /// <summary>Writes an integer.</summary>
    public void Write(byte value) => Write((ulong)value);

    /// <summary>Writes an integer.</summary>
    public void Write(sbyte value) => Write((long)value);

    /// <summary>Writes an integer.</summary>
    public void Write(ushort value) => Write((ulong)value);

    /// <summary>Writes an integer.</summary>
    public void Write(short value) => Write((long)value);

    /// <summary>Writes an integer.</summary>
    public void Write(uint value) => Write((ulong)value);

    /// <summary>Writes an integer.</summary>
    public void Write(int value) => Write((long)value);

    /// <summary>Writes an integer.</summary>
    public void Write(ulong value)
    {
        var span = GetSpan(9);
        switch (value)
        {
            case <= MessagePackCode.MaxFixInt:
                span[0] = (byte)value;
                _used += 1;
                break;
            case <= byte.MaxValue:
                span[1] = (byte)value;
                span[0] = MessagePackCode.UInt8;
                _used += 2;
                break;
            case <= ushort.MaxValue:
                BinaryPrimitives.WriteUInt16BigEndian(span[1..], (ushort)value);
                span[0] = MessagePackCode.UInt16;
                _used += 3;
                break;
            case <= uint.MaxValue:
                BinaryPrimitives.WriteUInt32BigEndian(span[1..], (uint)value);
                span[0] = MessagePackCode.UInt32;
                _used += 5;
                break;
            default:
                BinaryPrimitives.WriteUInt64BigEndian(span[1..], value);
                span[0] = MessagePackCode.UInt64;
                _used += 9;
                break;
        }
    }

    /// <summary>Writes an integer.</summary>
    public void Write(long value)
    {
        if (value >= 0)
        {
            Write((ulong)value);
            return;
        }

        var span = GetSpan(9);
        switch (value)
        {
            case >= -32:
                span[0] = unchecked((byte)value);
                _used += 1;
                break;
            case >= sbyte.MinValue:
                span[1] = unchecked((byte)value);
                span[0] = MessagePackCode.Int8;
                _used += 2;
                break;
            case >= short.MinValue:
                BinaryPrimitives.WriteInt16BigEndian(span[1..], (short)value);
                span[0] = MessagePackCode.Int16;
                _used += 3;
                break;
            case >= int.MinValue:
                BinaryPrimitives.WriteInt32BigEndian(span[1..], (int)value);
                span[0] = MessagePackCode.Int32;
                _used += 5;
                break;
            default:
                BinaryPrimitives.WriteInt64BigEndian(span[1..], value);
                span[0] = MessagePackCode.Int64;
                _used += 9;
                break;
        }
    }

    /// <summary>Writes true or false.</summary>
    public void Write(bool value) => Byte(value ? MessagePackCode.True : MessagePackCode.False);

    /// <summary>Writes the UTF-16 code unit as an integer.</summary>
    public void Write(char value) => Write((ulong)value);

    /// <summary>Writes float 32.</summary>
    public void Write(float value)
    {
        var span = GetSpan(5);
        BinaryPrimitives.WriteSingleBigEndian(span[1..], value);
        span[0] = MessagePackCode.Float32;
        _used += 5;
    }

    /// <summary>Writes float 64.</summary>
    public void Write(double value)
    {
        var span = GetSpan(9);
        BinaryPrimitives.WriteDoubleBigEndian(span[1..], value);
        span[0] = MessagePackCode.Float64;
        _used += 9;
    }

    /// <summary>Writes the timestamp extension (type -1) in 4, 8 or 12 bytes; local time is converted to UTC.</summary>
    public void Write(DateTime dateTime)
    {
        if (dateTime.Kind == DateTimeKind.Local)
        {
            dateTime = dateTime.ToUniversalTime();
        }

        // Ticks before 1970 need a floor, so that nanoseconds stay positive.
        var seconds = (dateTime.Ticks / TimeSpan.TicksPerSecond) - (DateTime.UnixEpoch.Ticks / TimeSpan.TicksPerSecond);
        var nanoseconds = (uint)(dateTime.Ticks % TimeSpan.TicksPerSecond) * 100;
        if (seconds >> 34 == 0)
        {
            var data64 = ((ulong)nanoseconds << 34) | (ulong)seconds;
            if ((data64 & 0xffffffff00000000UL) == 0)
            {
                var span = GetSpan(6);
                BinaryPrimitives.WriteUInt32BigEndian(span[2..], (uint)data64);
                span[0] = MessagePackCode.FixExt4;
                span[1] = 0xff;
                _used += 6;
            }
            else
            {
                var span = GetSpan(10);
                BinaryPrimitives.WriteUInt64BigEndian(span[2..], data64);
                span[0] = MessagePackCode.FixExt8;
                span[1] = 0xff;
                _used += 10;
            }
        }
        else
        {
            var span = GetSpan(15);
            BinaryPrimitives.WriteUInt32BigEndian(span[3..], nanoseconds);
            BinaryPrimitives.WriteInt64BigEndian(span[7..], seconds);
            span[0] = MessagePackCode.Ext8;
            span[1] = 12;
            span[2] = 0xff;
            _used += 15;
        }
    }

    /// <summary>Writes bin, or nil for null.</summary>
    public void Write(byte[]? src)
    {
        if (src is null)
        {
            WriteNil();
        }
        else
        {
            Write(src.AsSpan());
        }
    }

    /// <summary>Writes bin.</summary>
    public void Write(scoped ReadOnlySpan<byte> src)
    {
        WriteBinHeader(src.Length);
        WriteRaw(src);
    }

    /// <summary>Writes bin.</summary>
    public void Write(in ReadOnlySequence<byte> src)
    {
        WriteBinHeader(checked((int)src.Length));
        WriteRaw(src);
    }

    /// <summary>Starts a bin of <paramref name="length"/> bytes.</summary>
    public void WriteBinHeader(int length) => Header(checked((uint)length), 0, -1, MessagePackCode.Bin8, MessagePackCode.Bin16);

    /// <summary>Writes a string that already is UTF-8.</summary>
    public void WriteString(scoped ReadOnlySpan<byte> utf8stringBytes)
    {
        WriteStringHeader(utf8stringBytes.Length);
        WriteRaw(utf8stringBytes);
    }

    /// <summary>Starts a string of <paramref name="byteCount"/> bytes of UTF-8.</summary>
    public void WriteStringHeader(int byteCount) =>
        Header(checked((uint)byteCount), MessagePackCode.MinFixStr, 31, MessagePackCode.Str8, MessagePackCode.Str16);

    /// <summary>Writes a string, or nil for null.</summary>
    public void Write(string? value)
    {
        if (value is null)
        {
            WriteNil();
        }
        else
        {
            Write(value.AsSpan());
        }
    }

    /// <summary>Writes a string.</summary>
    public void Write(scoped ReadOnlySpan<char> value)
    {
        // Up to 10 characters fit a one-byte header whatever they are; longer ones are measured first.
        if (value.Length <= 10)
        {
            var span = GetSpan(1 + (3 * value.Length));
            var written = Encoding.UTF8.GetBytes(value, span[1..]);
            span[0] = (byte)(MessagePackCode.MinFixStr | written);
            _used += 1 + written;
            return;
        }

        var count = Encoding.UTF8.GetByteCount(value);
        WriteStringHeader(count);
        Encoding.UTF8.GetBytes(value, GetSpan(count));
        _used += count;
    }

    /// <summary>Starts an extension value.</summary>
    public void WriteExtensionFormatHeader(ExtensionHeader extensionHeader)
    {
        var length = extensionHeader.Length;
        var fix = length switch
        {
            1 => MessagePackCode.FixExt1,
            2 => MessagePackCode.FixExt2,
            4 => MessagePackCode.FixExt4,
            8 => MessagePackCode.FixExt8,
            16 => MessagePackCode.FixExt16,
            _ => (byte)0,
        };
        if (fix != 0)
        {
            Byte(fix);
        }
        else
        {
            Header(length, 0, -1, MessagePackCode.Ext8, MessagePackCode.Ext16);
        }

        Byte(unchecked((byte)extensionHeader.TypeCode));
    }

    /// <summary>Writes an extension value.</summary>
    public void WriteExtensionFormat(ExtensionResult extensionData)
    {
        WriteExtensionFormatHeader(extensionData.Header);
        WriteRaw(extensionData.Data);
    }

    private void Byte(byte value)
    {
        GetSpan(1)[0] = value;
        _used++;
    }

    // code8 0: the family has no 8-bit form. The 32-bit code follows the 16-bit one in every family.
    private void Header(uint count, byte fixCode, int maxFix, byte code8, byte code16)
    {
        var span = GetSpan(5);
        if (count <= maxFix)
        {
            span[0] = (byte)(fixCode | count);
            _used += 1;
        }
        else if (code8 != 0 && count <= byte.MaxValue)
        {
            span[1] = (byte)count;
            span[0] = code8;
            _used += 2;
        }
        else if (count <= ushort.MaxValue)
        {
            BinaryPrimitives.WriteUInt16BigEndian(span[1..], (ushort)count);
            span[0] = code16;
            _used += 3;
        }
        else
        {
            BinaryPrimitives.WriteUInt32BigEndian(span[1..], count);
            span[0] = (byte)(code16 + 1);
            _used += 5;
        }
    }
}
