using System.Collections.Concurrent;
using PairUni.Contracts;
using PairUni.Grains;

namespace PairUni.Silo;

/// <summary>Chunks of weights in this process's memory.</summary>
public sealed class MemoryWeightStore : IWeightStore
{
    private readonly ConcurrentDictionary<string, ReadOnlyMemory<byte>> _chunks = new(StringComparer.Ordinal);

    public ValueTask Put(WeightChunk chunk, ReadOnlyMemory<byte> bytes, CancellationToken cancellationToken)
    {
        _chunks.TryAdd(chunk.Hash, bytes);
        return default;
    }

    public ValueTask<ReadOnlyMemory<byte>?> Get(WeightChunk chunk, CancellationToken cancellationToken) =>
        new(_chunks.TryGetValue(chunk.Hash, out var bytes) ? (ReadOnlyMemory<byte>?)bytes : null);

    public ValueTask Keep(IReadOnlyCollection<WeightManifest> manifests, CancellationToken cancellationToken)
    {
        var named = manifests.SelectMany(WeightPieces.All).Select(c => c.Hash).ToHashSet(StringComparer.Ordinal);
        foreach (var hash in _chunks.Keys.Where(h => !named.Contains(h))) _chunks.TryRemove(hash, out _);
        return default;
    }
}
