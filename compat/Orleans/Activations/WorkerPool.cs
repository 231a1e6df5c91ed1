using Orleans.Runtime;
using Orleans.Silos;

namespace Orleans.Activations;

/// <summary>The activations of one stateless worker grain on one silo; a call goes to an idle one, a new one, or the least busy.</summary>
internal sealed class WorkerPool(SiloRuntime silo, GrainClass grainClass, GrainId grainId, int most) : ICallTarget
{
    private readonly Lock _gate = new();
    private readonly List<Activation> _workers = [];
    private bool _closed;

    public bool TryAccept(ActivationWork work)
    {
        lock (_gate)
        {
            if (_closed)
            {
                return false;
            }

            while (true)
            {
                var least = _workers.MinBy(worker => worker.Load);
                if (least is null || (least.Load > 0 && _workers.Count < most))
                {
                    least = new Activation(silo, grainClass, grainId, this);
                    _workers.Add(least);
                    least.Start();
                }

                if (least.TryAccept(work))
                {
                    return true;
                }

                _workers.Remove(least);
            }
        }
    }

    public Activation[] Workers()
    {
        lock (_gate)
        {
            return [.. _workers];
        }
    }

    public void Remove(Activation worker)
    {
        lock (_gate)
        {
            _workers.Remove(worker);
        }
    }

    /// <summary>Takes no more calls.</summary>
    public void Close()
    {
        lock (_gate)
        {
            _closed = true;
        }
    }
}
