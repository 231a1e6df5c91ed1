using System.Collections.Concurrent;
using PairUni.Contracts;

namespace PairUni.Grains.Tests;

internal sealed class FakeEngines : IRolloutEngines
{
    private readonly ConcurrentDictionary<WorkerKey, FakeEngine> _engines = new();

    public IRolloutEngine Of(WorkerKey worker) => For(worker);

    public FakeEngine For(WorkerKey worker) => _engines.GetOrAdd(worker, w => new(w));
}
