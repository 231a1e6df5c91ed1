using System.Collections.Concurrent;
using PairUni.Contracts;
using PairUni.Contracts.Options;
using PairUni.Grains;

namespace PairUni.Silo;

/// <summary>One engine for each worker of this process.</summary>
public sealed class JanusRolloutEngines(RunOptions options, IWeightSharing weights) : IRolloutEngines, IAsyncDisposable
{
    private readonly ConcurrentDictionary<WorkerKey, Lazy<JanusRolloutEngine>> _engines = new();

    public IRolloutEngine Of(WorkerKey worker) =>
        _engines.GetOrAdd(worker, key => new(() => new JanusRolloutEngine(key, options, weights))).Value;

    public async ValueTask DisposeAsync()
    {
        foreach (var engine in _engines.Values.Where(e => e.IsValueCreated)) await engine.Value.DisposeAsync();
    }
}
