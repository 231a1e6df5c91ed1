using System.Collections.Concurrent;
using Orleans.Runtime;
using Orleans.Silos;

namespace Orleans.Activations;

/// <summary>What is active on one silo.</summary>
internal sealed class Catalog(SiloRuntime silo)
{
    private readonly ConcurrentDictionary<GrainId, ICallTarget> _targets = new();

    public int Count => _targets.Count;

    public bool TryGet(GrainId grainId, out ICallTarget target) => _targets.TryGetValue(grainId, out target!);

    /// <summary>The target of a grain that this silo hosts; at most one is ever made for concurrent callers.</summary>
    public ICallTarget GetOrCreate(GrainId grainId, GrainClass grainClass)
    {
        while (true)
        {
            if (_targets.TryGetValue(grainId, out var target))
            {
                return target;
            }

            if (grainClass.Workers is { } workers)
            {
                _targets.TryAdd(grainId, new WorkerPool(silo, grainClass, grainId, workers.MaxLocal));
                continue;
            }

            var activation = new Activation(silo, grainClass, grainId, null);
            if (_targets.TryAdd(grainId, activation))
            {
                activation.Start();
                return activation;
            }
        }
    }

    public void Remove(Activation activation) => _targets.TryRemove(KeyValuePair.Create(activation.GrainId, (ICallTarget)activation));

    public IEnumerable<Activation> Activations() =>
        _targets.Values.SelectMany(target => target is WorkerPool pool ? pool.Workers() : [(Activation)target]);

    public void ClosePools()
    {
        foreach (var pool in _targets.Values.OfType<WorkerPool>())
        {
            pool.Close();
        }
    }
}
