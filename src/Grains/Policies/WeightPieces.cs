using System.Numerics;
using PairUni.Contracts;

namespace PairUni.Grains;

/// <summary>The pieces of a version under one numbering, chunks and then deltas, and sets of them as bits, lowest first.</summary>
public static class WeightPieces
{
    public static int Count(WeightManifest manifest) => manifest.Chunks.Length + manifest.Deltas.Length;

    /// <summary>Hash and length of a piece.</summary>
    public static WeightChunk Of(WeightManifest manifest, int piece)
    {
        if (piece < manifest.Chunks.Length) return manifest.Chunks[piece];
        var delta = manifest.Deltas[piece - manifest.Chunks.Length];
        return new() { Hash = delta.Hash, Length = delta.Length };
    }

    /// <summary>All pieces in order.</summary>
    public static IEnumerable<WeightChunk> All(WeightManifest manifest) => Enumerable.Range(0, Count(manifest)).Select(i => Of(manifest, i));

    /// <summary>An empty set.</summary>
    public static byte[] None(WeightManifest manifest) => new byte[(Count(manifest) + 7) / 8];

    public static bool Has(ReadOnlySpan<byte> set, int piece) => (uint)piece / 8 < set.Length && (set[piece >> 3] & (1 << (piece & 7))) != 0;

    public static void Add(Span<byte> set, int piece) => set[piece >> 3] |= (byte)(1 << (piece & 7));

    public static void Remove(Span<byte> set, int piece) => set[piece >> 3] &= (byte)~(1 << (piece & 7));

    public static int Size(ReadOnlySpan<byte> set)
    {
        var size = 0;
        foreach (var bits in set) size += BitOperations.PopCount(bits);
        return size;
    }
}
