using System.Buffers.Binary;
using System.Text;
using Microsoft.Win32.SafeHandles;

namespace PairUni.Modeling.Files;

/// <summary>
/// The directory of a zip archive as PyTorch writes it: every file stored, so that its bytes can be read where they lie. Zip64 included.
/// System.IO.Compression does not tell where an entry lies. Everything in it is untrusted.
/// </summary>
internal static class ZipDirectory
{
    private const int EndLength = 22;
    private const int End64Length = 56;
    private const int LocatorLength = 20;
    private const int CentralLength = 46;
    private const int LocalLength = 30;
    private const int LongestComment = ushort.MaxValue;
    private const uint InZip64 = uint.MaxValue;

    /// <summary>Most bytes of directory, ample for a million tensors.</summary>
    private const long MaxLength = 100_000_000;

    /// <exception cref="ModelFileException">The archive is truncated, damaged, or compressed.</exception>
    public static IReadOnlyDictionary<string, ZipEntry> Read(SafeFileHandle handle, string path)
    {
        long fileLength = RandomAccess.GetLength(handle);
        (long start, long length, long count) = FindDirectory(handle, path, fileLength);
        if (length > MaxLength)
            throw Bad(path, $"has a directory of {length} bytes");
        if (start < 0 || length < 0 || start > fileLength - length)
            throw Bad(path, $"places its directory at byte {start} of {fileLength}, so it is truncated or damaged");
        byte[] directory = ReadAt(handle, path, start, (int)length);
        var entries = new Dictionary<string, ZipEntry>();
        int at = 0;
        for (long i = 0; i < count; i++)
        {
            if (at > directory.Length - CentralLength || U32(directory, at) != 0x02014b50)
                throw Bad(path, $"lists {count} files, but entry {i + 1} is damaged");
            (int name, int extra, int comment) = (U16(directory, at + 28), U16(directory, at + 30), U16(directory, at + 32));
            if (at + CentralLength + name + extra + comment > directory.Length)
                throw Bad(path, $"lists {count} files, but entry {i + 1} is damaged");
            string text = Encoding.UTF8.GetString(directory, at + CentralLength, name);
            (long packed, long size, long local) = Sizes(directory.AsSpan(at + CentralLength + name, extra), path, text,
                U32(directory, at + 20), U32(directory, at + 24), U32(directory, at + 42));
            if (U16(directory, at + 10) != 0 || packed != size || (U16(directory, at + 8) & 1) != 0)
                throw new ModelFileException($"{path}: its file {text} is compressed or encrypted, which PyTorch never does; save the checkpoint again.");
            if (local < 0 || size < 0 || local > fileLength - LocalLength)
                throw Bad(path, $"places its file {text} outside itself, so it is truncated");
            if (!entries.TryAdd(text, new ZipEntry(text, local, size)))
                throw Bad(path, $"lists its file {text} twice");
            at += CentralLength + name + extra + comment;
        }
        return entries;
    }

    /// <summary>An entry with the place of its data instead of that of its header.</summary>
    /// <exception cref="ModelFileException">The header is damaged or the data are not all there.</exception>
    public static ZipEntry Locate(SafeFileHandle handle, string path, ZipEntry entry)
    {
        byte[] local = ReadAt(handle, path, entry.Offset, LocalLength);
        if (U32(local, 0) != 0x04034b50)
            throw Bad(path, $"has no file {entry.Name} where its directory says");
        long data = entry.Offset + LocalLength + U16(local, 26) + U16(local, 28);
        return data <= RandomAccess.GetLength(handle) - entry.Length
            ? entry with { Offset = data }
            : throw Bad(path, $"ends within its file {entry.Name}, so it is truncated");
    }

    public static byte[] ReadAt(SafeFileHandle handle, string path, long offset, int length)
    {
        if (length > RandomAccess.GetLength(handle) - offset)
            throw Bad(path, "ends too early, so it is truncated");
        byte[] bytes = new byte[length];
        for (int done = 0; done < length;)
        {
            int read = RandomAccess.Read(handle, bytes.AsSpan(done), offset + done);
            if (read == 0)
                throw Bad(path, "has become shorter while it was read");
            done += read;
        }
        return bytes;
    }

    private static (long Start, long Length, long Count) FindDirectory(SafeFileHandle handle, string path, long fileLength)
    {
        int tailLength = (int)Math.Min(fileLength, EndLength + LongestComment + LocatorLength);
        byte[] tail = ReadAt(handle, path, fileLength - tailLength, tailLength);
        for (int at = tailLength - EndLength; at >= 0; at--)
        {
            if (U32(tail, at) != 0x06054b50 || at + EndLength + U16(tail, at + 20) != tailLength)
                continue;
            (long count, long length, long start) = (U16(tail, at + 10), U32(tail, at + 12), U32(tail, at + 16));
            if (at < LocatorLength || U32(tail, at - LocatorLength) != 0x07064b50)
                return (start, length, count);
            long end64 = I64(tail, at - LocatorLength + 8);
            if (end64 < 0 || end64 > fileLength - End64Length)
                throw Bad(path, "has a damaged directory");
            byte[] end = ReadAt(handle, path, end64, End64Length);
            if (U32(end, 0) != 0x06064b50)
                throw Bad(path, "has a damaged directory");
            return (I64(end, 48), I64(end, 40), I64(end, 32));
        }
        throw Bad(path, "has no directory at its end, so it is truncated");
    }

    private static (long Packed, long Size, long Local) Sizes(ReadOnlySpan<byte> extra, string path, string name, uint packed, uint size, uint local)
    {
        if (packed != InZip64 && size != InZip64 && local != InZip64)
            return (packed, size, local);
        for (int at = 0; at + 4 <= extra.Length;)
        {
            (int id, int length) = (BinaryPrimitives.ReadUInt16LittleEndian(extra[at..]), BinaryPrimitives.ReadUInt16LittleEndian(extra[(at + 2)..]));
            at += 4;
            if (id == 1 && at + length <= extra.Length)
            {
                ReadOnlySpan<byte> wide = extra.Slice(at, length);
                if (wide.Length < 8 * ((size == InZip64 ? 1 : 0) + (packed == InZip64 ? 1 : 0) + (local == InZip64 ? 1 : 0)))
                    break;
                long Next(ref ReadOnlySpan<byte> rest)
                {
                    long value = BinaryPrimitives.ReadInt64LittleEndian(rest);
                    rest = rest[8..];
                    return value;
                }
                long wideSize = size == InZip64 ? Next(ref wide) : size;
                long widePacked = packed == InZip64 ? Next(ref wide) : packed;
                return (widePacked, wideSize, local == InZip64 ? Next(ref wide) : local);
            }
            at += length;
        }
        throw Bad(path, $"does not say how large its file {name} is");
    }

    private static int U16(byte[] bytes, int at) => BinaryPrimitives.ReadUInt16LittleEndian(bytes.AsSpan(at));

    private static uint U32(byte[] bytes, int at) => BinaryPrimitives.ReadUInt32LittleEndian(bytes.AsSpan(at));

    private static long I64(byte[] bytes, int at) => BinaryPrimitives.ReadInt64LittleEndian(bytes.AsSpan(at));

    private static ModelFileException Bad(string path, string fault) => new($"{path} {fault}; download or save the file again.");
}
