using System.Buffers.Binary;
using System.Text.Json;
using static TorchSharp.torch;

namespace PairUni.Modeling.Files;

/// <summary>Writes safetensors files: tensors in the order given, header padded with spaces to a multiple of 64 bytes, so that readers may use the data in place.</summary>
public static class SafetensorsWriter
{
    /// <summary>Of the data in the file, and of every tensor's after ones whose bytes are a multiple of it.</summary>
    public const int Alignment = 64;

    /// <summary>Writes under a temporary name, syncs and renames, so that <paramref name="path"/> is never half written.</summary>
    /// <exception cref="IOException">The disk is full or the folder cannot be written; the previous file is untouched.</exception>
    public static void Write(
        string path, IEnumerable<(string Name, Tensor Tensor)> tensors, IReadOnlyDictionary<string, string>? metadata = null) =>
        AtomicFile.Write(path, stream => Write(stream, tensors, metadata));

    /// <summary>Writes the format to a stream; equal tensors and metadata give equal bytes.</summary>
    public static void Write(
        Stream stream, IEnumerable<(string Name, Tensor Tensor)> tensors, IReadOnlyDictionary<string, string>? metadata = null)
    {
        (string Name, Tensor Tensor)[] items = [.. tensors];
        WriteHeader(stream, items.Select(item => (item.Name, item.Tensor.dtype, item.Tensor.shape)), metadata);
        foreach ((_, Tensor tensor) in items)
        {
            using Tensor detached = tensor.detach();
            using Tensor host = detached.cpu();
            using Tensor packed = host.contiguous();
            packed.WriteBytesToStream(stream, 1 << 20);
        }
    }

    /// <summary>Writes what precedes the data; the tensors' bytes must follow in this order.</summary>
    public static void WriteHeader(
        Stream stream, IEnumerable<(string Name, ScalarType Dtype, long[] Shape)> tensors, IReadOnlyDictionary<string, string>? metadata = null)
    {
        byte[] header = Header(tensors, metadata ?? new Dictionary<string, string> { ["format"] = "pt" });
        Span<byte> length = stackalloc byte[8];
        BinaryPrimitives.WriteUInt64LittleEndian(length, (ulong)header.Length);
        stream.Write(length);
        stream.Write(header);
    }

    private static byte[] Header(IEnumerable<(string Name, ScalarType Dtype, long[] Shape)> items, IReadOnlyDictionary<string, string> metadata)
    {
        using var buffer = new MemoryStream();
        using (var json = new Utf8JsonWriter(buffer))
        {
            json.WriteStartObject();
            json.WriteStartObject("__metadata__");
            foreach ((string key, string value) in metadata)
                json.WriteString(key, value);
            json.WriteEndObject();
            long offset = 0;
            foreach ((string name, ScalarType dtype, long[] shape) in items)
            {
                long end = offset + shape.Aggregate((long)SafetensorsDtype.Width(dtype), (bytes, size) => bytes * size);
                json.WriteStartObject(name);
                json.WriteString("dtype", SafetensorsDtype.Name(dtype));
                json.WriteStartArray("shape");
                foreach (long size in shape)
                    json.WriteNumberValue(size);
                json.WriteEndArray();
                json.WriteStartArray("data_offsets");
                json.WriteNumberValue(offset);
                json.WriteNumberValue(end);
                json.WriteEndArray();
                json.WriteEndObject();
                offset = end;
            }
            json.WriteEndObject();
        }
        while ((buffer.Length + sizeof(ulong)) % Alignment != 0)
            buffer.WriteByte((byte)' ');
        return buffer.ToArray();
    }
}
