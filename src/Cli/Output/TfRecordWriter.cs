using System.Buffers.Binary;
using System.Numerics;

namespace PairUni.Cli.Output;

/// <summary>Appends TFRecord frames: length, masked CRC-32C of the length, data, masked CRC-32C of the data, all little-endian.</summary>
internal sealed class TfRecordWriter(Stream file) : IDisposable
{
    public void Write(ReadOnlySpan<byte> data)
    {
        Span<byte> head = stackalloc byte[12];
        BinaryPrimitives.WriteUInt64LittleEndian(head, (ulong)data.Length);
        BinaryPrimitives.WriteUInt32LittleEndian(head[8..], Masked(Crc32C(head[..8])));
        Span<byte> tail = stackalloc byte[4];
        BinaryPrimitives.WriteUInt32LittleEndian(tail, Masked(Crc32C(data)));
        file.Write(head);
        file.Write(data);
        file.Write(tail);
    }

    public void Flush() => file.Flush();

    public void Dispose() => file.Dispose();

    /// <summary>CRC-32C (Castagnoli) with the usual inversion before and after.</summary>
    public static uint Crc32C(ReadOnlySpan<byte> data)
    {
        var crc = uint.MaxValue;
        while (data.Length >= 8)
        {
            crc = BitOperations.Crc32C(crc, BinaryPrimitives.ReadUInt64LittleEndian(data));
            data = data[8..];
        }

        foreach (var b in data)
            crc = BitOperations.Crc32C(crc, b);
        return ~crc;
    }

    /// <summary>TensorFlow's mask: a CRC stored beside the data it covers would otherwise have a CRC of its own that is constant.</summary>
    public static uint Masked(uint crc) => BitOperations.RotateRight(crc, 15) + 0xa282ead8u;
}
