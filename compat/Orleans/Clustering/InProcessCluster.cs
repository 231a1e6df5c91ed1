using System.Collections.Concurrent;
using System.Collections.Immutable;
using System.Net;
using Orleans.Runtime;
using Orleans.Silos;
using Orleans.Storage;

namespace Orleans.Clustering;

/// <summary>The silos of one process that share cluster id, service id and primary endpoint. Calls go from silo to silo as objects, already copied.</summary>
internal sealed class InProcessCluster : ICluster, IActivationDirectory
{
    private static readonly Lock AllGate = new();
    private static readonly Dictionary<(string Cluster, string Service, IPEndPoint Primary), InProcessCluster> All = [];

    private readonly (string Cluster, string Service, IPEndPoint Primary) _name;
    private readonly Lock _gate = new();
    private readonly ConcurrentDictionary<GrainId, GrainAddress> _directory = new();
    private readonly ConcurrentDictionary<string, MemoryStore> _memory = new();
    private volatile Members _members = new([], ImmutableDictionary<SiloAddress, SiloRuntime>.Empty, ImmutableDictionary<SiloAddress, SiloStatus>.Empty);

    private InProcessCluster((string Cluster, string Service, IPEndPoint Primary) name) => _name = name;

    public ImmutableArray<ClusterSilo> Silos => _members.Open;

    public ImmutableDictionary<SiloAddress, SiloStatus> Statuses => _members.Statuses;

    public IActivationDirectory Directory => this;

    /// <summary>Joins or founds the cluster.</summary>
    public static InProcessCluster Join(string clusterId, string serviceId, IPEndPoint primary, SiloRuntime silo, ClusterSilo description)
    {
        lock (AllGate)
        {
            var name = (clusterId, serviceId, primary);
            if (All.Values.Any(other => other._members.Present.Keys.Any(address => address.Endpoint.Equals(description.Address.Endpoint))))
            {
                throw new OrleansConfigurationException($"{description.Address.Endpoint} is already in use by another silo of this process; give each silo a port.");
            }

            if (!All.TryGetValue(name, out var cluster))
            {
                All[name] = cluster = new InProcessCluster(name);
            }

            cluster.Change(now => new Members(
                now.Open.Add(description),
                now.Present.Add(description.Address, silo),
                now.Statuses.SetItem(description.Address, SiloStatus.Active)));
            return cluster;
        }
    }

    public bool TryDeliver(SiloAddress silo, Call call)
    {
        if (!_members.Present.TryGetValue(silo, out var runtime))
        {
            return false;
        }

        runtime.Send(call);
        return true;
    }

    public ValueTask Retire(SiloAddress silo)
    {
        Change(now => now with
        {
            Open = now.Open.RemoveAll(one => one.Address.Equals(silo)),
            Statuses = now.Statuses.SetItem(silo, SiloStatus.ShuttingDown),
        });
        return default;
    }

    public ValueTask Leave(SiloAddress silo)
    {
        lock (AllGate)
        {
            Change(now => new Members(
                now.Open.RemoveAll(one => one.Address.Equals(silo)), now.Present.Remove(silo), now.Statuses.SetItem(silo, SiloStatus.Dead)));
            if (_members.Present.IsEmpty)
            {
                All.Remove(_name);
            }
        }

        foreach (var entry in _directory)
        {
            if (silo.Equals(entry.Value.SiloAddress))
            {
                _directory.TryRemove(entry);
            }
        }

        return default;
    }

    public void CollectIdle(TimeSpan ageLimit)
    {
        foreach (var silo in _members.Present.Values)
        {
            silo.CollectIdle(ageLimit);
        }
    }

    public MemoryStore Memory(string name) => _memory.GetOrAdd(name, static _ => new MemoryStore());

    public ValueTask<GrainAddress?> Lookup(GrainId grainId) =>
        new(_directory.TryGetValue(grainId, out var address) && _members.Present.ContainsKey(address.SiloAddress!) ? address : null);

    public ValueTask<GrainAddress> Register(GrainAddress address)
    {
        while (true)
        {
            var holder = _directory.GetOrAdd(address.GrainId, address);
            if (holder.Equals(address) || _members.Present.ContainsKey(holder.SiloAddress!))
            {
                return new(holder);
            }

            if (_directory.TryUpdate(address.GrainId, address, holder))
            {
                return new(address);
            }
        }
    }

    public ValueTask Unregister(GrainAddress address)
    {
        _directory.TryRemove(KeyValuePair.Create(address.GrainId, address));
        return default;
    }

    private void Change(Func<Members, Members> change)
    {
        lock (_gate)
        {
            _members = change(_members);
        }
    }

    private sealed record Members(
        ImmutableArray<ClusterSilo> Open,
        ImmutableDictionary<SiloAddress, SiloRuntime> Present,
        ImmutableDictionary<SiloAddress, SiloStatus> Statuses);
}
