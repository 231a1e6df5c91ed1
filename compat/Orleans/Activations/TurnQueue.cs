using Orleans.Runtime;

namespace Orleans.Activations;

/// <summary>
/// The work of one activation: what runs, what waits, and which may run beside which. Starts held; opens when the grain is
/// awake; is held again until what runs has ended; closes with what still waits.
/// </summary>
internal sealed class TurnQueue(ActivationScheduler scheduler, GrainClass grainClass, Func<object?> grain)
{
    private readonly Lock _gate = new();
    private readonly List<ActivationWork> _running = new(1);
    private readonly LinkedList<ActivationWork> _waiting = new();
    private Dictionary<Guid, int>? _chains;
    private Action? _drained;
    private int _waitingThatMayPass;
    private bool _open;
    private bool _closed;

    /// <summary>How much runs and waits.</summary>
    public int Load
    {
        get
        {
            lock (_gate)
            {
                return _running.Count + _waiting.Count;
            }
        }
    }

    /// <summary>Starts the work or lets it wait; false when closed.</summary>
    public bool TryAccept(ActivationWork work)
    {
        lock (_gate)
        {
            if (_closed)
            {
                return false;
            }

            if (_open && MayRun(work))
            {
                _running.Add(work);
                scheduler.Enqueue(work);
            }
            else
            {
                _waiting.AddLast(work);
                _waitingThatMayPass += MayPassOthers(work) ? 1 : 0;
            }

            return true;
        }
    }

    /// <summary>Work has ended: what waited for it may run.</summary>
    public void Finished(ActivationWork work)
    {
        lock (_gate)
        {
            _running.Remove(work);
            Pump();
        }
    }

    /// <summary>Lets work run.</summary>
    public void Open()
    {
        lock (_gate)
        {
            _open = true;
            Pump();
        }
    }

    /// <summary>Lets nothing more run; <paramref name="drained"/> is called once what runs has ended.</summary>
    public void Hold(Action drained)
    {
        lock (_gate)
        {
            _open = false;
            _drained = drained;
            Pump();
        }
    }

    /// <summary>Refuses work from now on; what waits is the caller's to send elsewhere.</summary>
    public ActivationWork[] Close()
    {
        lock (_gate)
        {
            _closed = true;
            _open = false;
            _drained = null;
            ActivationWork[] waiting = [.. _waiting];
            _waiting.Clear();
            _waitingThatMayPass = 0;
            return waiting;
        }
    }

    /// <summary>Forgets what runs, because it will not be waited for.</summary>
    public ActivationWork[] Abandon()
    {
        lock (_gate)
        {
            ActivationWork[] running = [.. _running];
            _running.Clear();
            _drained = null;
            return running;
        }
    }

    /// <summary>Lets work of a chain of calls pass what runs, until <see cref="LeaveChain"/>.</summary>
    public void EnterChain(Guid chain)
    {
        lock (_gate)
        {
            _chains ??= [];
            _chains[chain] = _chains.GetValueOrDefault(chain) + 1;
            Pump();
        }
    }

    /// <summary>Ends what <see cref="EnterChain"/> began.</summary>
    public void LeaveChain(Guid chain)
    {
        lock (_gate)
        {
            if (_chains?.GetValueOrDefault(chain) is > 1 and var depth)
            {
                _chains[chain] = depth - 1;
            }
            else
            {
                _chains?.Remove(chain);
            }
        }
    }

    // Starts whatever may run now. Caller holds the gate.
    private void Pump()
    {
        if (_drained is not null && _running.Count == 0)
        {
            var drained = _drained;
            _drained = null;
            drained();
            return;
        }

        for (var next = _waiting.First; next is not null && _open;)
        {
            var node = next;
            next = node.Next;
            var abandoned = node.Value.IsAbandoned;
            if (abandoned || MayRun(node.Value))
            {
                _waiting.Remove(node);
                _waitingThatMayPass -= MayPassOthers(node.Value) ? 1 : 0;
                if (!abandoned)
                {
                    _running.Add(node.Value);
                    scheduler.Enqueue(node.Value);
                }
            }
            else if (_waitingThatMayPass == 0)
            {
                // Thousands may wait behind one call: what cannot pass it need not be looked at.
                return;
            }
        }
    }

    private bool MayPassOthers(ActivationWork work) =>
        work.Traits != CallTraits.None || work.ReentrancyId != Guid.Empty || grainClass.MayInterleave is not null;

    private bool MayRun(ActivationWork work)
    {
        if (_running.Count == 0 || grainClass.IsReentrant || (work.Traits & CallTraits.AlwaysInterleave) != 0)
        {
            return true;
        }

        if (work.ReentrancyId != Guid.Empty && _chains?.ContainsKey(work.ReentrancyId) == true)
        {
            return true;
        }

        var readOnly = (work.Traits & CallTraits.ReadOnly) != 0;
        foreach (var other in _running)
        {
            var free = (other.Traits & CallTraits.AlwaysInterleave) != 0 || (readOnly && (other.Traits & CallTraits.ReadOnly) != 0);
            if (!free)
            {
                return work.Request is { } request && grainClass.MayInterleave?.Invoke(grain(), request) == true;
            }
        }

        return true;
    }
}
