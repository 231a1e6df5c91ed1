using System.Buffers;

namespace MessagePack.Internal;

/// <summary>A growing buffer that a thread keeps for its next serialization.</summary>
internal sealed class ByteBuffer : IBufferWriter<byte>
{
    private const int Kept = 1 << 16;

    [ThreadStatic]
    private static ByteBuffer? _spare;

    private byte[] _bytes = new byte[1024];
    private int _length;

    public ReadOnlySpan<byte> Written => _bytes.AsSpan(0, _length);

    public static ByteBuffer Rent()
    {
        var buffer = _spare ?? new ByteBuffer();
        _spare = null;
        buffer._length = 0;
        return buffer;
    }

    public void Return()
    {
        if (_bytes.Length <= Kept)
        {
            _spare = this;
        }
    }

    public void Advance(int count) => _length += count;

    public Memory<byte> GetMemory(int sizeHint = 0)
    {
        Reserve(sizeHint);
        return _bytes.AsMemory(_length);
    }

    public Span<byte> GetSpan(int sizeHint = 0)
    {
        Reserve(sizeHint);
        return _bytes.AsSpan(_length);
    }

    private void Reserve(int sizeHint)
    {
        var needed = (long)_length + Math.Max(sizeHint, 1);
        if (needed > _bytes.Length)
        {
            if (needed > Array.MaxLength)
            {
                throw new MessagePackSerializationException($"A value needs more than {Array.MaxLength} bytes, which is the longest array there is.");
            }

            Array.Resize(ref _bytes, (int)Math.Min(Math.Max(needed, _bytes.Length * 2L), Array.MaxLength));
        }
    }
}
