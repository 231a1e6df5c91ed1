using System.Buffers.Binary;
using System.Text;
using static TorchSharp.torch;

namespace PairUni.Modeling.Tests.Files;

/// <summary>Writes checkpoints as torch.save does: a zip archive, everything stored and aligned, of a pickle and the storages.</summary>
internal static class TorchArchive
{
    /// <summary>One tensor of a checkpoint: a view of a storage.</summary>
    internal sealed record View(string Name, string Key, string Storage, long Elements, long Offset, long[] Shape, long[] Strides);

    internal static readonly Dictionary<ScalarType, string> Storages = new()
    {
        [ScalarType.Float32] = "FloatStorage",
        [ScalarType.Float16] = "HalfStorage",
        [ScalarType.BFloat16] = "BFloat16Storage",
        [ScalarType.Int64] = "LongStorage",
        [ScalarType.Int32] = "IntStorage",
    };

    /// <summary>A whole checkpoint of contiguous tensors, each with a storage of its own.</summary>
    internal static byte[] Of(IEnumerable<(string Name, Tensor Tensor)> tensors, Action<PickleWriter, Action<PickleWriter>>? around = null)
    {
        (string Name, Tensor Tensor)[] items = [.. tensors];
        View[] views = [.. items.Select((item, i) => new View(item.Name, $"{i}", Storages[item.Tensor.dtype], item.Tensor.numel(), 0, item.Tensor.shape, Strides(item.Tensor.shape)))];
        var pickle = new PickleWriter();
        Action<PickleWriter> weights = writer => writer.StateDict(views);
        if (around is null)
            weights(pickle);
        else
            around(pickle, weights);
        return Zip([("archive/data.pkl", pickle.Bytes()), .. items.Select((item, i) => ($"archive/data/{i}", item.Tensor.contiguous().bytes.ToArray())), ("archive/version", "3\n"u8.ToArray())]);
    }

    internal static byte[] Of(byte[] pickle, params (string Key, byte[] Content)[] storages) =>
        Zip([("archive/data.pkl", pickle), .. storages.Select(storage => ($"archive/data/{storage.Key}", storage.Content))]);

    /// <param name="wide">With the records of zip64, which archives past 4 GB need.</param>
    internal static byte[] Zip((string Name, byte[] Content)[] files, bool wide = false)
    {
        using var stream = new MemoryStream();
        using var directory = new MemoryStream();
        foreach ((string name, byte[] content) in files)
        {
            byte[] text = Encoding.UTF8.GetBytes(name);
            long local = stream.Position;
            int padding = (int)((64 - (local + 30 + text.Length + 4) % 64) % 64);
            stream.Write([.. U32(0x04034b50), .. U16(20), .. U16(0), .. U16(0), .. U32(0), .. U32(0), .. U32((uint)content.Length), .. U32((uint)content.Length), .. U16(text.Length), .. U16(4 + padding)]);
            stream.Write([.. text, .. "FB"u8, .. U16(padding), .. new byte[padding], .. content]);
            byte[] extra = wide ? [.. U16(1), .. U16(24), .. U64(content.Length), .. U64(content.Length), .. U64(local)] : [];
            uint Short(long value) => wide ? uint.MaxValue : (uint)value;
            directory.Write([.. U32(0x02014b50), .. U16(20), .. U16(20), .. U16(0), .. U16(0), .. U32(0), .. U32(0), .. U32(Short(content.Length)), .. U32(Short(content.Length))]);
            directory.Write([.. U16(text.Length), .. U16(extra.Length), .. U16(0), .. U16(0), .. U16(0), .. U32(0), .. U32(Short(local)), .. text, .. extra]);
        }
        long start = stream.Position;
        stream.Write(directory.ToArray());
        if (wide)
        {
            long end = stream.Position;
            stream.Write([.. U32(0x06064b50), .. U64(44), .. U16(45), .. U16(45), .. U32(0), .. U32(0), .. U64(files.Length), .. U64(files.Length), .. U64(directory.Length), .. U64(start)]);
            stream.Write([.. U32(0x07064b50), .. U32(0), .. U64(end), .. U32(1)]);
        }
        (int count, uint length, uint at) = wide ? (ushort.MaxValue, uint.MaxValue, uint.MaxValue) : (files.Length, (uint)directory.Length, (uint)start);
        stream.Write([.. U32(0x06054b50), .. U16(0), .. U16(0), .. U16(count), .. U16(count), .. U32(length), .. U32(at), .. U16(0)]);
        return stream.ToArray();
    }

    internal static long[] Strides(long[] shape) => [.. shape.Select((_, i) => shape[(i + 1)..].Aggregate(1L, (product, size) => product * size))];

    private static byte[] U16(int value) => Bytes(value, 2);

    private static byte[] U32(uint value) => Bytes(value, 4);

    private static byte[] U64(long value) => Bytes(value, 8);

    private static byte[] Bytes(long value, int count)
    {
        byte[] bytes = new byte[8];
        BinaryPrimitives.WriteInt64LittleEndian(bytes, value);
        return bytes[..count];
    }
}
