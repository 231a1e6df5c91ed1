using System.Collections.Concurrent;
using System.Runtime.CompilerServices;
using Orleans.Runtime;

namespace Orleans.Silos;

/// <summary>The objects outside of grains that can be called, held weakly; calls to one object run one after the other.</summary>
internal sealed class ObserverTable(SiloRuntime silo)
{
    public static readonly GrainType Type = GrainType.Create("sys.client");

    private readonly ConcurrentDictionary<GrainId, ObserverTarget> _byId = new();
    private readonly ConditionalWeakTable<IGrainObserver, ObserverTarget> _byObject = [];

    public GrainId Add(IGrainObserver observer)
    {
        ArgumentNullException.ThrowIfNull(observer);
        if (observer is GrainReference)
        {
            throw new ArgumentException("A reference to an observer cannot be registered as one; pass the object itself.", nameof(observer));
        }

        var target = _byObject.GetValue(observer, one => new ObserverTarget(
            GrainId.Create(Type, $"{silo.SiloAddress.ToParsableString()}+{Guid.NewGuid():N}"), new WeakReference<IGrainObserver>(one)));
        _byId[target.Id] = target;
        return target.Id;
    }

    public void Remove(IGrainObserver observer)
    {
        if (_byObject.TryGetValue(observer, out var target))
        {
            _byId.TryRemove(target.Id, out _);
            _byObject.Remove(observer);
        }
    }

    /// <summary>Runs a call here, or hands it to the silo that the observer's id names.</summary>
    public void Deliver(Call call)
    {
        if (_byId.TryGetValue(call.TargetId, out var target))
        {
            target.Accept(call, silo);
            return;
        }

        var owner = SiloAddress.FromParsableString(call.TargetId.Key.ToString().Split('+')[0]);
        if (owner.Equals(silo.SiloAddress) || !silo.Cluster.TryDeliver(owner, call))
        {
            call.Fail(new OrleansMessageRejectionException($"{call.TargetId} is not registered any more."));
        }
    }
}
