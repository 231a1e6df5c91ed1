using System.Buffers.Binary;
using System.Text.Json;
using Microsoft.Win32.SafeHandles;
using static TorchSharp.torch;

namespace PairUni.Modeling.Files;

/// <summary>
/// The checked header of a safetensors file: 8 bytes little-endian length, then a JSON object of name to dtype, shape and
/// data_offsets, then the data. Everything in it is untrusted: lengths, offsets, overlaps and shapes are verified before use.
/// </summary>
public sealed class SafetensorsHeader
{
    /// <summary>The format's own bound on the header, 100 MB.</summary>
    public const long MaxLength = 100_000_000;

    private const int MaxDimensions = 16;

    private SafetensorsHeader(
        IReadOnlyDictionary<string, SafetensorsEntry> entries, IReadOnlyDictionary<string, string> metadata, long dataStart)
    {
        Entries = entries;
        Metadata = metadata;
        DataStart = dataStart;
    }

    public IReadOnlyDictionary<string, SafetensorsEntry> Entries { get; }

    public IReadOnlyDictionary<string, string> Metadata { get; }

    /// <summary>Offset in the file of the first data byte.</summary>
    public long DataStart { get; }

    private delegate void ReadAt(long offset, Span<byte> buffer);

    /// <exception cref="ModelFileException">The header is not one, or lies about the file.</exception>
    public static SafetensorsHeader Read(SafeFileHandle handle, string path) => Read(RandomAccess.GetLength(handle), path, (offset, buffer) =>
    {
        for (int done = 0; done < buffer.Length;)
        {
            int read = RandomAccess.Read(handle, buffer[done..], offset + done);
            if (read == 0)
                throw Bad(path, "has become shorter while it was read");
            done += read;
        }
    });

    /// <summary>Reads from the stream's start; it is left behind the header.</summary>
    /// <exception cref="ModelFileException">The header is not one, or lies about the file.</exception>
    public static SafetensorsHeader Read(Stream stream, string path) => Read(stream.Length, path, (_, buffer) => stream.ReadExactly(buffer));

    private static SafetensorsHeader Read(long fileLength, string path, ReadAt read)
    {
        Span<byte> prefix = stackalloc byte[8];
        if (fileLength < 8)
            throw Bad(path, $"is {fileLength} bytes long, shorter than any safetensors header");
        read(0, prefix);
        ulong length = BinaryPrimitives.ReadUInt64LittleEndian(prefix);
        if (length > MaxLength)
            throw Bad(path, $"announces a header of {length} bytes, more than the {MaxLength} the format allows");
        if ((long)length > fileLength - 8)
            throw Bad(path, $"announces a header of {length} bytes but has only {fileLength - 8} left, so it is truncated");

        byte[] json = new byte[length];
        read(8, json);
        long dataStart = 8 + (long)length;
        try
        {
            using JsonDocument document = JsonDocument.Parse(json, new JsonDocumentOptions { MaxDepth = 8 });
            return Parse(document.RootElement, path, dataStart, fileLength - dataStart);
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException)
        {
            throw new ModelFileException($"{path}: the safetensors header is not valid JSON ({e.Message}); download or save the file again.", e);
        }
    }

    private static SafetensorsHeader Parse(JsonElement root, string path, long dataStart, long dataLength)
    {
        if (root.ValueKind != JsonValueKind.Object)
            throw Bad(path, "has a header that is not a JSON object");
        var entries = new Dictionary<string, SafetensorsEntry>();
        var metadata = new Dictionary<string, string>();
        foreach (JsonProperty property in root.EnumerateObject())
        {
            if (property.NameEquals("__metadata__"))
                ReadMetadata(property.Value, path, metadata);
            else if (!entries.TryAdd(property.Name, ReadEntry(property, path, dataLength)))
                throw Bad(path, $"lists tensor \"{property.Name}\" twice");
        }
        CheckLayout(entries.Values, path, dataLength);
        return new SafetensorsHeader(entries, metadata, dataStart);
    }

    private static void ReadMetadata(JsonElement value, string path, Dictionary<string, string> metadata)
    {
        if (value.ValueKind != JsonValueKind.Object)
            throw Bad(path, "has a __metadata__ that is not a JSON object");
        foreach (JsonProperty item in value.EnumerateObject())
        {
            if (item.Value.ValueKind != JsonValueKind.String)
                throw Bad(path, $"has a __metadata__ entry \"{item.Name}\" that is not a string");
            metadata[item.Name] = item.Value.GetString()!;
        }
    }

    private static SafetensorsEntry ReadEntry(JsonProperty property, string path, long dataLength)
    {
        string name = property.Name;
        JsonElement value = property.Value;
        if (value.ValueKind != JsonValueKind.Object
            || !value.TryGetProperty("dtype", out JsonElement dtypeText) || dtypeText.ValueKind != JsonValueKind.String
            || !value.TryGetProperty("shape", out JsonElement shapeItems) || shapeItems.ValueKind != JsonValueKind.Array
            || !value.TryGetProperty("data_offsets", out JsonElement offsets) || offsets.ValueKind != JsonValueKind.Array
            || offsets.GetArrayLength() != 2)
            throw Bad(path, $"describes tensor \"{name}\" without dtype, shape and two data_offsets");
        if (!SafetensorsDtype.TryParse(dtypeText.GetString()!, out ScalarType dtype))
            throw new ModelFileException($"{path}: tensor \"{name}\" is of type {dtypeText.GetString()}, which is not supported; save it as F32, F16 or BF16.");
        if (shapeItems.GetArrayLength() > MaxDimensions)
            throw Bad(path, $"gives tensor \"{name}\" {shapeItems.GetArrayLength()} dimensions, more than {MaxDimensions}");

        long[] shape = [.. shapeItems.EnumerateArray().Select(item => Whole(item, name, path))];
        long start = Whole(offsets[0], name, path);
        long end = Whole(offsets[1], name, path);
        if (start > end || end > dataLength)
            throw Bad(path, $"places tensor \"{name}\" at bytes {start} to {end} of {dataLength}, so it is truncated or damaged");

        Int128 bytes = SafetensorsDtype.Width(dtype);
        foreach (long size in shape)
        {
            bytes *= size;
            if (bytes > long.MaxValue)
                throw Bad(path, $"gives tensor \"{name}\" the impossible shape [{string.Join(", ", shape)}]");
        }
        if (bytes != end - start)
        {
            throw Bad(path, $"gives tensor \"{name}\" {end - start} bytes where shape [{string.Join(", ", shape)}] of "
                + $"{dtypeText.GetString()} needs {bytes}");
        }
        return new SafetensorsEntry(name, dtype, shape, start, end);
    }

    private static void CheckLayout(IEnumerable<SafetensorsEntry> entries, string path, long dataLength)
    {
        long expected = 0;
        foreach (SafetensorsEntry entry in entries.OrderBy(entry => entry.Start).ThenBy(entry => entry.End))
        {
            if (entry.Start != expected)
                throw Bad(path, $"leaves a gap or an overlap before tensor \"{entry.Name}\" at byte {entry.Start} (expected {expected})");
            expected = entry.End;
        }
        if (expected != dataLength)
            throw Bad(path, $"has {dataLength} bytes of data where its tensors fill {expected}");
    }

    private static long Whole(JsonElement item, string name, string path) =>
        item.ValueKind == JsonValueKind.Number && item.TryGetInt64(out long number) && number >= 0
            ? number
            : throw Bad(path, $"gives tensor \"{name}\" a size or offset that is not a whole number from 0 on");

    private static ModelFileException Bad(string path, string fault) => new($"{path} {fault}; download or save the file again.");
}
