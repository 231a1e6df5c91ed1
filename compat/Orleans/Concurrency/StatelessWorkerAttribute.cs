using Orleans.Placement;
using Orleans.Runtime;

namespace Orleans.Concurrency;

/// <summary>On a class: calls go to one of several activations on the caller's silo.</summary>
[AttributeUsage(AttributeTargets.Class)]
public sealed class StatelessWorkerAttribute : PlacementAttribute
{
    /// <summary>At most <paramref name="maxLocalWorkers"/> activations a silo; idle ones are removed.</summary>
    public StatelessWorkerAttribute(int maxLocalWorkers) : this(maxLocalWorkers, true)
    {
    }

    /// <summary>At most <paramref name="maxLocalWorkers"/> activations a silo.</summary>
    public StatelessWorkerAttribute(int maxLocalWorkers, bool removeIdleWorkers)
        : base(new StatelessWorkerPlacement(maxLocalWorkers > 0 ? maxLocalWorkers : Environment.ProcessorCount, removeIdleWorkers))
    {
    }

    /// <summary>As many activations as processors.</summary>
    public StatelessWorkerAttribute() : this(Environment.ProcessorCount)
    {
    }
}
