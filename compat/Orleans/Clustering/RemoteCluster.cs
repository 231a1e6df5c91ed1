using System.Collections.Concurrent;
using System.Collections.Immutable;
using Orleans.Clustering.Redis;
using Orleans.Configuration;
using Orleans.Membership;
using Orleans.Networking;
using Orleans.Runtime;
using Orleans.Silos;
using Orleans.Storage;

namespace Orleans.Clustering;

/// <summary>A silo's cluster of several processes: silos from the membership table, grains from the directory in Redis, calls over connections.</summary>
internal sealed class RemoteCluster : ICluster
{
    private readonly SiloRuntime _silo;
    private readonly Network _network;
    private readonly MembershipAgent _membership;
    private readonly Prober _prober;
    private readonly RedisDirectory _directory;
    private readonly RedisLink _redis;
    private readonly SiloConnectionOptions.ISiloConnectionBuilderOptions _middleware;
    private readonly ConcurrentDictionary<SiloAddress, PeerLink> _links = new();
    private readonly ConcurrentDictionary<SiloAddress, Connection> _clients = new();
    private readonly ConcurrentDictionary<SiloAddress, ActivationCount> _counts = new();
    private readonly CancellationTokenSource _stopped = new();
    private volatile View _view;

    public RemoteCluster(
        SiloRuntime silo,
        Network network,
        MembershipAgent membership,
        MembershipLog log,
        RedisLink redis,
        SiloConnectionOptions.ISiloConnectionBuilderOptions middleware)
    {
        _silo = silo;
        _network = network;
        _membership = membership;
        _redis = redis;
        _middleware = middleware;
        _directory = new RedisDirectory(redis, silo.SiloAddress, membership.IsGone, IsActiveHere) { Stopped = _stopped.Token };
        _prober = new Prober(membership, Probe, Reconnect, log, silo.Time);
        _view = new View([], ImmutableDictionary<SiloAddress, SiloStatus>.Empty);
        membership.Activations = () => silo.Catalog.Count;
        membership.Changed += MembershipChanged;
        membership.Lost += () => _ = RegisterAgain();
        redis.Restored += () =>
        {
            membership.Wake();
            _ = RegisterAgain();
        };
        network.Admit = Admit;
        network.ConnectionAccepted += Accepted;
        network.ConnectionEnded += ConnectionEnded;
    }

    public ImmutableArray<ClusterSilo> Silos => _view.Open;

    public ImmutableDictionary<SiloAddress, SiloStatus> Statuses => _view.Statuses;

    public IActivationDirectory Directory => _directory;

    /// <summary>This silo's part in the membership protocol.</summary>
    public MembershipAgent Membership => _membership;

    public void StartProbing() => _prober.Start();

    public bool TryDeliver(SiloAddress silo, Call call)
    {
        if (silo.IsClient)
        {
            return _clients.TryGetValue(silo, out var client) && client.TrySend(call);
        }

        if (_view.Statuses.TryGetValue(silo, out var status) && status == SiloStatus.Dead)
        {
            _directory.Forget(silo);
            return false;
        }

        LinkTo(silo).Send(call);
        return true;
    }

    public bool TrySendAway(Call call) =>
        _directory.TryGetCached(call.TargetId, out var address)
        && _links.TryGetValue(address.SiloAddress!, out var link)
        && link.Connection is { } connection
        && connection.TrySend(call);

    public async ValueTask Retire(SiloAddress silo)
    {
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(5));
        try
        {
            await _membership.Set(SiloStatus.ShuttingDown, limit.Token);
        }
        catch (OperationCanceledException)
        {
            // Redis is away: the others will find out by themselves.
        }
    }

    public async ValueTask Leave(SiloAddress silo)
    {
        await _prober.DisposeAsync();
        await _membership.DisposeAsync();
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(5));
        try
        {
            await _membership.Set(SiloStatus.Dead, limit.Token);
        }
        catch (OperationCanceledException)
        {
            // As above.
        }

        await _stopped.CancelAsync();
        await _network.DisposeAsync();
        await _redis.DisposeAsync();
    }

    public void CollectIdle(TimeSpan ageLimit) => _silo.CollectIdle(ageLimit);

    public MemoryStore Memory(string name) => throw new OrleansConfigurationException(
        $"Memory storage \"{name}\" is not shared by the processes of a cluster; use another storage, for example AddRedisGrainStorage.");

    private PeerLink LinkTo(SiloAddress silo) => _links.GetOrAdd(silo, static (address, self) =>
        new PeerLink(address, self._network, () => self._network.Connect(address.Endpoint, address, self._middleware.ConfigureSiloOutboundBuilder)), this);

    private async Task<int> Probe(SiloAddress silo, CancellationToken cancellationToken)
    {
        var connection = await LinkTo(silo).Open().WaitAsync(cancellationToken);
        var count = await connection.Probe(cancellationToken);
        CountOf(silo).Set(count);
        return count;
    }

    private void Reconnect(SiloAddress silo) => LinkTo(silo).Connection?.Close("two probes in a row had no answer");

    private ActivationCount CountOf(SiloAddress silo) => _counts.GetOrAdd(silo, static _ => new ActivationCount());

    private bool IsActiveHere(GrainId grainId, ActivationId activationId) =>
        _silo.Catalog.TryGet(grainId, out var target) && target is Activations.Activation active && active.ActivationId.Equals(activationId);

    // A silo that was declared dead and does not know it yet learns it here.
    private string? Admit(Introduction peer) =>
        _view.Statuses.TryGetValue(peer.Address, out var status) && status == SiloStatus.Dead ? $"{peer.Address} was declared dead." : null;

    private void Accepted(Connection connection)
    {
        if (connection.IsClient)
        {
            _clients[connection.Peer.Address] = connection;
        }
        else if (!_view.Statuses.ContainsKey(connection.Peer.Address))
        {
            _membership.Wake();
        }
    }

    private void ConnectionEnded(Connection connection, string reason)
    {
        if (connection.IsClient)
        {
            _clients.TryRemove(KeyValuePair.Create(connection.Peer.Address, connection));
        }
        else
        {
            _membership.Wake();
        }
    }

    private void MembershipChanged(SiloTable before, SiloTable now)
    {
        foreach (var (address, sign) in now.Signs)
        {
            if (before.Signs.GetValueOrDefault(address).Time != sign.Time)
            {
                CountOf(address).Set(sign.Activations);
            }
        }

        _view = new View(
            [.. now.Active.Select(Describe)],
            now.Rows.Values.ToImmutableDictionary(row => row.Address, row => row.Status));
        foreach (var row in now.Rows.Values)
        {
            if (row.Status == SiloStatus.Dead && before.Rows.GetValueOrDefault(row.Address)?.Status != SiloStatus.Dead)
            {
                Bury(row.Address);
            }
        }
    }

    private void Bury(SiloAddress silo)
    {
        _directory.Forget(silo);
        _counts.TryRemove(silo, out _);
        if (!silo.Equals(_silo.SiloAddress))
        {
            LinkTo(silo).Close("it is dead");
            _network.Drop(silo, "it is dead");
        }
    }

    private ClusterSilo Describe(SiloRow row)
    {
        var classes = row.Classes.ToDictionary(one => one.GrainType);
        if (row.Address.Equals(_silo.SiloAddress))
        {
            return new ClusterSilo(row.Address, row.Name, classes, () => _silo.Catalog.Count);
        }

        var count = CountOf(row.Address);
        return new ClusterSilo(row.Address, row.Name, classes, () => count.Value) { Placed = count.Add };
    }

    // Redis was away and may have come back with less than it had.
    private async Task RegisterAgain()
    {
        try
        {
            foreach (var activation in _silo.Catalog.Activations().Where(one => one.IsRegistered).ToArray())
            {
                var holder = await _directory.Register(activation.Address);
                if (!holder.Equals(activation.Address))
                {
                    activation.Deactivate(new DeactivationReason(
                        DeactivationReasonCode.DirectoryFailure, $"The directory had lost this activation, and the grain is active on {holder.SiloAddress} now."));
                }
            }
        }
        catch (Exception exception) when (exception is OperationCanceledException or SiloUnavailableException)
        {
            // This silo stops.
        }
    }

    private sealed record View(ImmutableArray<ClusterSilo> Open, ImmutableDictionary<SiloAddress, SiloStatus> Statuses);
}
