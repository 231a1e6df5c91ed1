using System.Buffers;
using System.Buffers.Binary;
using System.Numerics;
using System.Runtime.InteropServices;

namespace PairUni.Algorithms;

/// <summary>
/// The elements in which one array differs from another of the same length: their places and new values, bit for bit. After a step at a
/// small learning rate few elements of bfloat16 weights differ, as most changes are below half a unit in the last place.
/// </summary>
/// <remarks>
/// <code>
///   byte   0      1  format
///   byte   1      width of an element in bytes: 1, 2 or 4
///   byte   2      places: 0 gaps (LEB128, elements skipped since the last change), 1 mask (one bit an element, lowest first)
///   byte   3      0
///   int32  4      length of both arrays in bytes, little-endian
///   int32  8      elements that change
///   places, then the new values in order
/// </code>
/// </remarks>
public static class SparseUpdate
{
    private const int HeaderBytes = 12;
    private const byte Format = 1;
    private const byte Gaps = 0;
    private const byte Mask = 1;

    private static readonly int[] Widths = [2, 4, 1];

    /// <summary>The shortest update that turns <paramref name="from"/> into <paramref name="to"/>; null when none is shorter than <paramref name="to"/>.</summary>
    public static byte[]? Encode(ReadOnlySpan<byte> from, ReadOnlySpan<byte> to)
    {
        if (from.Length != to.Length) return null;
        var places = ArrayPool<int>.Shared.Rent(Math.Max(1, to.Length));
        try
        {
            var (best, bestWidth) = (to.Length, 0);
            foreach (var width in Widths)
            {
                // Bytes only where nothing wider fits: one changed float would be four places.
                if (to.Length % width != 0 || (width == 1 && bestWidth > 0)) continue;
                var bytes = Size(Differences(from, to, width, places), width, to.Length / width);
                if (bytes < best) (best, bestWidth) = (bytes, width);
            }

            return bestWidth == 0 ? null : Write(to, bestWidth, Differences(from, to, bestWidth, places), best);
        }
        finally
        {
            ArrayPool<int>.Shared.Return(places);
        }
    }

    /// <summary>Writes <paramref name="from"/> with the update applied into <paramref name="to"/>.</summary>
    /// <exception cref="SparseUpdateException">The update is malformed or of another length; <paramref name="to"/> is then undefined.</exception>
    public static void Apply(ReadOnlySpan<byte> from, ReadOnlySpan<byte> update, Span<byte> to)
    {
        if (update.Length < HeaderBytes) throw new SparseUpdateException($"is {update.Length} bytes long, shorter than its header");
        if (update[0] != Format || update[3] != 0) throw new SparseUpdateException("is of an unknown format");
        if (update[1] is not (1 or 2 or 4)) throw new SparseUpdateException($"has elements of {update[1]} bytes");
        if (update[2] is not (Gaps or Mask)) throw new SparseUpdateException($"names places in the unknown way {update[2]}");
        var (width, length, count) = (update[1], BinaryPrimitives.ReadInt32LittleEndian(update[4..]), BinaryPrimitives.ReadInt32LittleEndian(update[8..]));
        if (length != from.Length || length != to.Length) throw new SparseUpdateException($"is for {length} bytes, the array has {from.Length}");
        if (length % width != 0 || count < 0 || count > length / width) throw new SparseUpdateException($"changes {count} elements of {width} bytes in {length} bytes");
        var body = update[HeaderBytes..];
        if (body.Length < (long)count * width) throw new SparseUpdateException("ends before its values");
        var places = body[..^(count * width)];
        var values = body[^(count * width)..];
        from.CopyTo(to);
        if (update[2] == Gaps) ApplyGaps(places, values, to, width, count);
        else ApplyMask(places, values, to, width, count);
    }

    private static void ApplyGaps(ReadOnlySpan<byte> places, ReadOnlySpan<byte> values, Span<byte> to, int width, int count)
    {
        var (at, next) = (0, 0L);
        for (var i = 0; i < count; i++, next++)
        {
            var shift = 0;
            byte part;
            do
            {
                if (at == places.Length || shift > 28) throw new SparseUpdateException("has a place that does not end");
                part = places[at++];
                next += (long)(part & 0x7F) << shift;
                shift += 7;
            }
            while (part >= 0x80);

            if (next >= to.Length / width) throw new SparseUpdateException($"changes element {next} of {to.Length / width}");
            values.Slice(i * width, width).CopyTo(to[((int)next * width)..]);
        }

        if (at != places.Length) throw new SparseUpdateException($"has {places.Length - at} bytes too many");
    }

    private static void ApplyMask(ReadOnlySpan<byte> places, ReadOnlySpan<byte> values, Span<byte> to, int width, int count)
    {
        var elements = to.Length / width;
        if (places.Length != (elements + 7) / 8) throw new SparseUpdateException($"has a mask of {places.Length} bytes for {elements} elements");
        var done = 0;
        for (var i = 0; i < places.Length; i++)
        {
            for (uint bits = places[i]; bits != 0; bits &= bits - 1)
            {
                var element = (8 * i) + BitOperations.TrailingZeroCount(bits);
                if (element >= elements || done == count) throw new SparseUpdateException("has a mask that does not fit its values");
                values.Slice(done++ * width, width).CopyTo(to[(element * width)..]);
            }
        }

        if (done != count) throw new SparseUpdateException("has a mask that does not fit its values");
    }

    private static ReadOnlySpan<int> Differences(ReadOnlySpan<byte> from, ReadOnlySpan<byte> to, int width, int[] places) => width switch
    {
        1 => Differences(from, to, places),
        2 => Differences(MemoryMarshal.Cast<byte, ushort>(from), MemoryMarshal.Cast<byte, ushort>(to), places),
        _ => Differences(MemoryMarshal.Cast<byte, uint>(from), MemoryMarshal.Cast<byte, uint>(to), places),
    };

    private static ReadOnlySpan<int> Differences<T>(ReadOnlySpan<T> from, ReadOnlySpan<T> to, int[] places)
        where T : unmanaged, INumber<T>
    {
        var (count, at) = (0, 0);
        while (true)
        {
            at += from[at..].CommonPrefixLength(to[at..]);
            if (at == to.Length) return places.AsSpan(0, count);
            do places[count++] = at++;
            while (at < to.Length && from[at] != to[at]);
        }
    }

    private static int Size(ReadOnlySpan<int> places, int width, int elements) =>
        HeaderBytes + Math.Min(GapBytes(places), (elements + 7) / 8) + (places.Length * width);

    private static int GapBytes(ReadOnlySpan<int> places)
    {
        var (bytes, next) = (0, 0);
        foreach (var place in places)
        {
            bytes += 1 + (BitOperations.Log2((uint)(place - next) | 1) / 7);
            next = place + 1;
        }

        return bytes;
    }

    private static byte[] Write(ReadOnlySpan<byte> to, int width, ReadOnlySpan<int> places, int bytes)
    {
        var update = new byte[bytes];
        var withGaps = GapBytes(places) < ((to.Length / width) + 7) / 8;
        (update[0], update[1], update[2]) = (Format, (byte)width, withGaps ? Gaps : Mask);
        BinaryPrimitives.WriteInt32LittleEndian(update.AsSpan(4), to.Length);
        BinaryPrimitives.WriteInt32LittleEndian(update.AsSpan(8), places.Length);
        var values = update.AsSpan(bytes - (places.Length * width));
        var (at, next) = (HeaderBytes, 0);
        for (var i = 0; i < places.Length; i++)
        {
            var place = places[i];
            to.Slice(place * width, width).CopyTo(values[(i * width)..]);
            if (!withGaps)
            {
                update[HeaderBytes + (place >> 3)] |= (byte)(1 << (place & 7));
                continue;
            }

            var gap = (uint)(place - next);
            for (; gap >= 0x80; gap >>= 7) update[at++] = (byte)(gap | 0x80);
            update[at++] = (byte)gap;
            next = place + 1;
        }

        return update;
    }
}
