using System.Runtime.InteropServices;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;

namespace PairUni.Data.Features;

/// <summary>
/// Features of images on disk, by the hash of the image file: a header line that names the tower, then records of 32 bytes of hash, the
/// vector, and 8 bytes of checksum. Records are only ever appended, so a killed extraction goes on where it was.
/// </summary>
public sealed class FeatureCache : IDisposable
{
    private const int HashBytes = 32;
    private const int CheckBytes = 8;
    private const int LongestHeader = 4096;
    private readonly FileStream stream;
    private readonly Dictionary<string, long> offsets = new(StringComparer.Ordinal);
    private readonly byte[] record;
    private readonly string path;

    private FeatureCache(string path, FileStream stream, int width)
    {
        (this.path, this.stream, Width) = (path, stream, width);
        record = new byte[HashBytes + (width * sizeof(float)) + CheckBytes];
    }

    /// <summary>Length of the vectors.</summary>
    public int Width { get; }

    /// <summary>Number of images that have features.</summary>
    public int Count => offsets.Count;

    /// <summary>Opens a cache or begins one. What a kill left half written is cut off.</summary>
    /// <param name="path">The file.</param>
    /// <param name="fingerprint">Of the tower.</param>
    /// <param name="tower">Its name, for people.</param>
    /// <param name="width">Length of its vectors.</param>
    /// <exception cref="DataFileException">The file is of another tower, no cache, or in use by another process.</exception>
    public static FeatureCache Open(string path, string fingerprint, string tower, int width)
    {
        var stream = OpenFile(path);
        try
        {
            if (ReadHeader(stream, path) is not { } header)
            {
                stream.SetLength(0);
                stream.Write(Encoding.UTF8.GetBytes(JsonSerializer.Serialize(new Header(Header.Kind, fingerprint, tower, width)) + "\n"));
                stream.Flush(flushToDisk: true);
            }
            else if (header.Fingerprint != fingerprint)
            {
                throw new DataFileException($"{path}: the features are those of another model ({header.Tower}) than {tower}; give another --cache, or remove this file to compute them anew.");
            }
            var cache = new FeatureCache(path, stream, width);
            cache.Index();
            return cache;
        }
        catch
        {
            stream.Dispose();
            throw;
        }
    }

    /// <summary>Whether an image has features.</summary>
    public bool Has(string sha256) => offsets.ContainsKey(sha256);

    /// <summary>Reads an image's features.</summary>
    public void Read(string sha256, Span<float> target)
    {
        var bytes = MemoryMarshal.AsBytes(target);
        for (var done = 0; done < bytes.Length;)
        {
            var read = RandomAccess.Read(stream.SafeFileHandle, bytes[done..], offsets[sha256] + HashBytes + done);
            done += read > 0 ? read : throw new DataFileException($"{path}: the file has become shorter while it was read; run this again.");
        }
    }

    /// <summary>Appends features of images; they are on the disk when this returns.</summary>
    public void Append(IEnumerable<(string Sha256, float[] Features)> images)
    {
        foreach (var (sha256, features) in images)
        {
            Convert.FromHexString(sha256).CopyTo(record, 0);
            MemoryMarshal.AsBytes(features.AsSpan()).CopyTo(record.AsSpan(HashBytes));
            Check(record).CopyTo(record, record.Length - CheckBytes);
            var offset = stream.Position;
            stream.Write(record);
            offsets[sha256] = offset;
        }
        stream.Flush(flushToDisk: true);
    }

    public void Dispose() => stream.Dispose();

    private static FileStream OpenFile(string path)
    {
        try
        {
            Directory.CreateDirectory(Path.GetDirectoryName(Path.GetFullPath(path))!);
            return new FileStream(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None, 1 << 20);
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            throw new DataFileException($"{path}: the feature cache cannot be opened ({fault.Message}); wait for the other process, or give another --cache.", fault);
        }
    }

    // Null for an empty file, or one whose header was never finished.
    private static Header? ReadHeader(FileStream stream, string path)
    {
        var bytes = new byte[(int)Math.Min(stream.Length, LongestHeader)];
        stream.ReadExactly(bytes);
        var end = Array.IndexOf(bytes, (byte)'\n');
        if (end < 0 && (bytes.Length == 0 || (bytes.Length < LongestHeader && bytes[0] == '{')))
            return null;
        try
        {
            stream.Position = end + 1;
            return end >= 0 && JsonSerializer.Deserialize<Header>(bytes.AsSpan(0, end)) is { What: Header.Kind } header ? header
                : throw new JsonException();
        }
        catch (JsonException fault)
        {
            throw new DataFileException($"{path}: the file is no feature cache; give another --cache.", fault);
        }
    }

    // From the header's end; stops at the first record that is not whole.
    private void Index()
    {
        var end = stream.Position;
        while (stream.Length - end >= record.Length)
        {
            stream.ReadExactly(record);
            if (!Check(record).AsSpan().SequenceEqual(record.AsSpan(record.Length - CheckBytes)))
                break;
            offsets[Convert.ToHexStringLower(record.AsSpan(0, HashBytes))] = end;
            end += record.Length;
        }
        stream.SetLength(end);
        stream.Position = end;
    }

    private static byte[] Check(byte[] record) => SHA256.HashData(record.AsSpan(0, record.Length - CheckBytes))[..CheckBytes];

    private sealed record Header(string What, string Fingerprint, string Tower, int Width)
    {
        public const string Kind = "pairuni features 1";
    }
}
