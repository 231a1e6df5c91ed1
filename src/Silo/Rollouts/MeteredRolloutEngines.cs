using System.Collections.Concurrent;
using PairUni.Contracts;
using PairUni.Grains;

namespace PairUni.Silo;

/// <summary>Engines whose groups the silo's metrics count.</summary>
public sealed class MeteredRolloutEngines(IRolloutEngines engines, SiloInstruments instruments, TimeProvider time) : IRolloutEngines, IAsyncDisposable
{
    private readonly ConcurrentDictionary<WorkerKey, IRolloutEngine> _metered = new();

    public IRolloutEngine Of(WorkerKey worker) => _metered.GetOrAdd(worker, w => new Metered(engines.Of(w), instruments, time));

    public async ValueTask DisposeAsync()
    {
        if (engines is IAsyncDisposable asynchronous) await asynchronous.DisposeAsync();
        else (engines as IDisposable)?.Dispose();
    }

    private sealed class Metered(IRolloutEngine engine, SiloInstruments instruments, TimeProvider time) : IRolloutEngine
    {
        public int PolicyVersion => engine.PolicyVersion;

        public string PolicyDigest => engine.PolicyDigest;

        public Task Load(WeightManifest manifest, CancellationToken cancellationToken) => engine.Load(manifest, cancellationToken);

        public async Task<GeneratedGroup> Generate(GroupLease lease, CancellationToken cancellationToken)
        {
            var start = time.GetTimestamp();
            var group = await engine.Generate(lease, cancellationToken);
            instruments.GroupGenerated(group, time.GetElapsedTime(start));
            return group;
        }
    }
}
