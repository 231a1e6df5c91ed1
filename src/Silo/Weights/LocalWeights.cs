using PairUni.Contracts;
using PairUni.Grains;
using PairUni.Learner.Weights;

namespace PairUni.Silo;

/// <summary>The weights of a run whose learner and workers are in one process: chunks go through its store.</summary>
public sealed class LocalWeights(IWeightStore store) : IWeightSharing
{
    private readonly List<WeightManifest> _published = [];

    public async Task<WeightManifest> Publish(WeightSnapshot snapshot, CancellationToken cancellationToken)
    {
        foreach (var (chunk, bytes) in snapshot.Manifest.Chunks.Zip(snapshot.Chunks)) await store.Put(chunk, bytes, cancellationToken);
        _published.RemoveAll(m => m.Version >= snapshot.Manifest.Version);
        _published.Add(snapshot.Manifest);
        if (_published.Count > PolicyGrain.Kept) _published.RemoveAt(0);
        await store.Keep(_published, cancellationToken);
        return snapshot.Manifest;
    }

    public async Task<WeightSnapshot> Fetch(WeightManifest manifest, CancellationToken cancellationToken)
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
