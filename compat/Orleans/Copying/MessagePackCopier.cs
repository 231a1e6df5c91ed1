using System.Buffers;
using MessagePack;

namespace Orleans.Serialization;

/// <summary>Copies by writing MessagePack bytes and reading them again: the copy is what another process would see.</summary>
internal sealed class MessagePackCopier<T>(MessagePackSerializerOptions options) : TypeCopier<T>
{
    public override T Copy(T value, DeepCopier copier)
    {
        var bytes = CopyBuffer.Rent();
        try
        {
            MessagePackSerializer.Serialize(bytes, value, options);
            return MessagePackSerializer.Deserialize<T>(bytes.WrittenMemory, options);
        }
        finally
        {
            CopyBuffer.Return(bytes);
        }
    }
}

/// <summary>A buffer that each thread keeps between copies.</summary>
internal static class CopyBuffer
{
    private const int Kept = 1 << 18;

    [ThreadStatic]
    private static ArrayBufferWriter<byte>? _spare;

    public static ArrayBufferWriter<byte> Rent()
    {
        var buffer = _spare ?? new ArrayBufferWriter<byte>(1024);
        _spare = null;
        return buffer;
    }

    public static void Return(ArrayBufferWriter<byte> buffer)
    {
        if (buffer.Capacity <= Kept)
        {
            buffer.ResetWrittenCount();
            _spare = buffer;
        }
    }
}
