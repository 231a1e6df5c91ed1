using System.Security.Cryptography;
using PairUni.Algorithms;
using PairUni.Contracts;

namespace PairUni.Learner.Weights;

/// <summary>The shorter ways from one version to the next.</summary>
public static class WeightDeltas
{
    /// <summary>
    /// For every chunk that changed and whose change is shorter than itself, a delta. Chunks correspond by their place: both snapshots
    /// are of one model, so that a place holds the same elements.
    /// </summary>
    public static IReadOnlyList<(WeightDelta Delta, ReadOnlyMemory<byte> Bytes)> Between(WeightSnapshot from, WeightSnapshot to)
    {
        if (from.Manifest.ModelFingerprint != to.Manifest.ModelFingerprint) return [];
        var deltas = new List<(WeightDelta, ReadOnlyMemory<byte>)>();
        for (var i = 0; i < Math.Min(from.Chunks.Count, to.Chunks.Count); i++)
        {
            if (from.Manifest.Chunks[i].Hash == to.Manifest.Chunks[i].Hash) continue;
            if (SparseUpdate.Encode(from.Chunks[i].Span, to.Chunks[i].Span) is not { } bytes) continue;
            var hash = Convert.ToHexStringLower(SHA256.HashData(bytes));
            deltas.Add((new() { Chunk = i, Base = from.Manifest.Chunks[i].Hash, Hash = hash, Length = bytes.Length }, bytes));
        }

        return deltas;
    }
}
