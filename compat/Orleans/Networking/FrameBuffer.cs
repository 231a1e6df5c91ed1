using System.Buffers;
using System.Buffers.Binary;
using System.Text;
using Orleans.Runtime;

namespace Orleans.Networking;

/// <summary>
/// Frames being written: two lengths of 4 bytes (header, body; little-endian), the header, the body. Every thread keeps one
/// for the next frame.
/// </summary>
internal sealed class FrameBuffer : IBufferWriter<byte>
{
    public const int Prefix = 8;
    private const int Kept = 1 << 18;

    [ThreadStatic]
    private static FrameBuffer? _spare;

    private byte[] _bytes = new byte[1024];
    private int _start;
    private int _headerEnd;

    /// <summary>Bytes written.</summary>
    public int Count { get; private set; }

    public ReadOnlySpan<byte> Written => _bytes.AsSpan(0, Count);

    public ReadOnlyMemory<byte> WrittenMemory => _bytes.AsMemory(0, Count);

    /// <summary>Length of the last header.</summary>
    public int HeaderLength => _headerEnd - _start - Prefix;

    /// <summary>Length of the last body.</summary>
    public int BodyLength => Count - _headerEnd;

    public static FrameBuffer Rent()
    {
        var buffer = _spare ?? new FrameBuffer();
        _spare = null;
        return buffer;
    }

    public static void Return(FrameBuffer buffer)
    {
        if (buffer._bytes.Length <= Kept)
        {
            buffer.Clear();
            _spare = buffer;
        }
    }

    public void Clear()
    {
        Count = 0;
        if (_bytes.Length > Kept)
        {
            _bytes = new byte[1024];
        }
    }

    /// <summary>Starts a frame behind what is there.</summary>
    public void Begin(FrameKind kind)
    {
        _start = Count;
        GetSpan(Prefix);
        Count += Prefix;
        Write((byte)kind);
    }

    /// <summary>What follows is the body.</summary>
    public void BeginBody() => _headerEnd = Count;

    /// <summary>Ends the frame.</summary>
    public void End()
    {
        BinaryPrimitives.WriteInt32LittleEndian(_bytes.AsSpan(_start), HeaderLength);
        BinaryPrimitives.WriteInt32LittleEndian(_bytes.AsSpan(_start + 4), BodyLength);
    }

    public void Write(byte value)
    {
        GetSpan(1)[0] = value;
        Count++;
    }

    public void Write(ulong value)
    {
        BinaryPrimitives.WriteUInt64LittleEndian(GetSpan(8), value);
        Count += 8;
    }

    /// <summary>Seven bits a byte, lowest first.</summary>
    public void WriteVar(ulong value)
    {
        var span = GetSpan(10);
        var at = 0;
        while (value >= 0x80)
        {
            span[at++] = (byte)(value | 0x80);
            value >>= 7;
        }

        span[at++] = (byte)value;
        Count += at;
    }

    /// <summary>Length, then bytes.</summary>
    public void WriteBytes(ReadOnlySpan<byte> value)
    {
        WriteVar((ulong)value.Length);
        Append(value);
    }

    /// <summary>Bytes as they are.</summary>
    public void Append(ReadOnlySpan<byte> value)
    {
        value.CopyTo(GetSpan(value.Length));
        Count += value.Length;
    }

    public void Append(in ReadOnlySequence<byte> value)
    {
        foreach (var part in value)
        {
            Append(part.Span);
        }
    }

    public void WriteString(string value)
    {
        var length = Encoding.UTF8.GetByteCount(value);
        WriteVar((ulong)length);
        Encoding.UTF8.GetBytes(value, GetSpan(length));
        Count += length;
    }

    public void Write(GrainId value)
    {
        WriteBytes(value.Type.AsSpan());
        WriteBytes(value.Key.AsSpan());
    }

    public void Advance(int count) => Count += count;

    public Memory<byte> GetMemory(int sizeHint = 0)
    {
        Grow(sizeHint);
        return _bytes.AsMemory(Count);
    }

    public Span<byte> GetSpan(int sizeHint = 0)
    {
        Grow(sizeHint);
        return _bytes.AsSpan(Count);
    }

    private void Grow(int sizeHint)
    {
        var need = Count + Math.Max(sizeHint, 16);
        if (need > _bytes.Length)
        {
            Array.Resize(ref _bytes, (int)Math.Min(Array.MaxLength, Math.Max((long)_bytes.Length * 2, need)));
        }
    }
}
