using PairUni.Algorithms;
using PairUni.Contracts;
using PairUni.Learner.Weights;
using PairUni.Silo;

namespace PairUni.Cli.Bench;

/// <summary>Weights within one process, of which it is measured what each version would take as a sparse update; each update is applied and compared.</summary>
internal sealed class MeasuredWeights : IWeightSharing
{
    private readonly LocalWeights _inner = new(new MemoryWeightStore());
    private WeightSnapshot? _previous;

    /// <summary>One entry for each version after the first.</summary>
    public List<SparseStep> Steps { get; } = [];

    public async Task<WeightManifest> Publish(WeightSnapshot snapshot, CancellationToken cancellationToken)
    {
        if (_previous is { } previous && previous.Manifest.Version < snapshot.Manifest.Version) Steps.Add(Measure(previous, snapshot));
        _previous = snapshot;
        return await _inner.Publish(snapshot, cancellationToken);
    }

    public Task<WeightSnapshot> Fetch(WeightManifest manifest, CancellationToken cancellationToken) => _inner.Fetch(manifest, cancellationToken);

    private static SparseStep Measure(WeightSnapshot from, WeightSnapshot to)
    {
        var updates = WeightDeltas.Between(from, to).ToDictionary(d => d.Delta.Chunk, d => d.Bytes);
        var (sparse, exact, pairs) = (0L, true, 0L);
        for (var i = 0; i < to.Chunks.Count; i++)
        {
            var old = from.Chunks[i].Span;
            var now = to.Chunks[i].Span;
            for (var at = 0; at + 1 < now.Length; at += 2) pairs += old[at] != now[at] || old[at + 1] != now[at + 1] ? 1 : 0;
            if (to.Manifest.Chunks[i].Hash == from.Manifest.Chunks[i].Hash) continue;
            sparse += updates.TryGetValue(i, out var update) ? update.Length : now.Length;
            if (update.Length == 0) continue;
            var made = new byte[now.Length];
            SparseUpdate.Apply(old, update.Span, made);
            exact &= now.SequenceEqual(made) && WeightSnapshot.IsIntact(to.Manifest.Chunks[i], made);
        }

        return new(to.Manifest.Version, to.Manifest.Bytes, sparse, pairs, exact);
    }
}
