using System.Buffers.Binary;
using System.Text.Json;
using static TorchSharp.torch;

namespace PairUni.Modeling.Files;

/// <summary>Writes safetensors files: tensors in the order given, header padded with spaces to a multiple of 8 bytes.</summary>
public static class SafetensorsWriter
{
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
        byte[] header = Header(items, metadata ?? new Dictionary<string, string> { ["format"] = "pt" });
        Span<byte> length = stackalloc byte[8];
        BinaryPrimitives.WriteUInt64LittleEndian(length, (ulong)header.Length);
        stream.Write(length);
        stream.Write(header);
        foreach ((_, Tensor tensor) in items)
        {
            using Tensor detached = tensor.detach();
            using Tensor host = detached.cpu();
            using Tensor packed = host.contiguous();
            packed.WriteBytesToStream(stream, 1 << 20);
        }
    }

    private static byte[] Header((string Name, Tensor Tensor)[] items, IReadOnlyDictionary<string, string> metadata)
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
            foreach ((string name, Tensor tensor) in items)
            {
                long end = offset + tensor.numel() * SafetensorsDtype.Width(tensor.dtype);
                json.WriteStartObject(name);
                json.WriteString("dtype", SafetensorsDtype.Name(tensor.dtype));
                json.WriteStartArray("shape");
                foreach (long size in tensor.shape)
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
        while (buffer.Length % 8 != 0)
            buffer.WriteByte((byte)' ');
        return buffer.ToArray();
    }
}
