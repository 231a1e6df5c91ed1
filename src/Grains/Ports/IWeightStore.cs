using PairUni.Contracts;

namespace PairUni.Grains;

/// <summary>Chunks of weights by the hash of their content.</summary>
public interface IWeightStore
{
    /// <summary>Stores a chunk; a chunk that is there already costs nothing.</summary>
    ValueTask Put(WeightChunk chunk, ReadOnlyMemory<byte> bytes, CancellationToken cancellationToken);

    /// <summary>The bytes of a chunk, not yet verified; nothing when the store lacks it.</summary>
    ValueTask<ReadOnlyMemory<byte>?> Get(WeightChunk chunk, CancellationToken cancellationToken);

    /// <summary>Forgets the chunks and deltas that none of the manifests names.</summary>
    ValueTask Keep(IReadOnlyCollection<WeightManifest> manifests, CancellationToken cancellationToken);
}
