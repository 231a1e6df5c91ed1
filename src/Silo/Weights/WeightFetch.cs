using PairUni.Contracts;
using PairUni.Grains;
using PairUni.Learner.Weights;

namespace PairUni.Silo;

/// <summary>Gets the chunks of a manifest and lets none pass that is not what its hash says.</summary>
public static class WeightFetch
{
    /// <summary>The snapshot that the manifest names.</summary>
    /// <exception cref="WeightsRejectedException">A chunk is missing, or its length or hash is not the manifest's.</exception>
    public static async Task<WeightSnapshot> Fetch(IWeightStore store, WeightManifest manifest, CancellationToken cancellationToken)
    {
        var chunks = new List<ReadOnlyMemory<byte>>();
        foreach (var chunk in manifest.Chunks)
        {
            var bytes = await store.Get(chunk, cancellationToken)
                ?? throw new WeightsRejectedException($"chunk {chunk.Hash} of version {manifest.Version} is not in the weight store");
            if (!WeightSnapshot.IsIntact(chunk, bytes.Span))
                throw new WeightsRejectedException($"chunk {chunk.Hash} of version {manifest.Version} does not have the content of its hash");
            chunks.Add(bytes);
        }

        return new(manifest, chunks);
    }
}
