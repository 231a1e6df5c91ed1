using System.Collections.Concurrent;
using System.Collections.Immutable;
using Microsoft.AspNetCore.Connections;
using Orleans.Clustering;
using Orleans.Clustering.Redis;
using Orleans.Membership;
using Orleans.Networking;
using Orleans.Runtime;
using Orleans.Silos;
using Orleans.Storage;

namespace Orleans.Clients;

/// <summary>
/// A client's cluster: it is connected to every gateway in the table, sends each grain's calls through the same one as long
/// as that lasts, and through another when it is gone.
/// </summary>
internal sealed class ClientCluster : ICluster, IActivationDirectory
{
    private readonly SiloRuntime _client;
    private readonly Network _network;
    private readonly RedisLink _redis;
    private readonly RedisSiloTable _table;
    private readonly MembershipLog _log;
    private readonly Action<IConnectionBuilder> _middleware;
    private readonly TimeSpan _refresh;
    private readonly TimeSpan _patience;
    private readonly ConcurrentDictionary<SiloAddress, PeerLink> _links = new();
    private readonly SemaphoreSlim _changed = new(0, 1);
    private readonly CancellationTokenSource _stopped = new();
    private volatile View _view = new([], ImmutableDictionary<SiloAddress, SiloStatus>.Empty);
    private volatile TaskCompletionSource _connected = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private Task _following = Task.CompletedTask;

    public ClientCluster(
        SiloRuntime client, Network network, RedisLink redis, MembershipLog log, Action<IConnectionBuilder> middleware, TimeSpan refresh, TimeSpan patience)
    {
        _client = client;
        _network = network;
        _redis = redis;
        _table = new RedisSiloTable(redis);
        _log = log;
        _middleware = middleware;
        _refresh = refresh;
        _patience = patience;
        network.ConnectionEnded += (_, _) => Wake();
    }

    public ImmutableArray<ClusterSilo> Silos => _view.Open;

    public ImmutableDictionary<SiloAddress, SiloStatus> Statuses => _view.Statuses;

    public IActivationDirectory Directory => this;

    /// <summary>Connects to the gateways; throws when none can be reached.</summary>
    public async Task Start(CancellationToken cancellationToken)
    {
        await _table.Follow(Wake);
        await Refresh(cancellationToken);
        using (ExecutionContext.IsFlowSuppressed() ? default : ExecutionContext.SuppressFlow())
        {
            _following = Task.Run(Follow, cancellationToken);
        }

        await Gateway(default, cancellationToken);
    }

    public bool TryDeliver(SiloAddress silo, Call call)
    {
        var connection = _links.TryGetValue(silo, out var link) ? link.Connection : null;
        connection ??= Open().FirstOrDefault();
        return connection is not null && connection.TrySend(call);
    }

    public bool TrySendAway(Call call)
    {
        var open = Open();
        return open.Length > 0 && open[call.TargetId.GetUniformHashCode() % (uint)open.Length].TrySend(call);
    }

    public async ValueTask<GrainAddress?> Lookup(GrainId grainId)
    {
        var gateway = await Gateway(grainId, _stopped.Token);
        return new GrainAddress { GrainId = grainId, SiloAddress = gateway.Peer.Address };
    }

    public ValueTask<GrainAddress> Register(GrainAddress address) => throw new NotSupportedException("A client hosts no grains.");

    public ValueTask Unregister(GrainAddress address) => default;

    public ValueTask Retire(SiloAddress silo) => default;

    public async ValueTask Leave(SiloAddress silo)
    {
        await _stopped.CancelAsync();
        await _following;
        await _network.DisposeAsync();
        await _redis.DisposeAsync();
    }

    public void CollectIdle(TimeSpan ageLimit)
    {
    }

    public MemoryStore Memory(string name) => throw new NotSupportedException("A client has no storage.");

    private Connection[] Open()
    {
        var view = _view;
        var open = new Connection[view.Open.Length];
        var count = 0;
        foreach (var silo in view.Open)
        {
            if (_links.TryGetValue(silo.Address, out var link) && link.Connection is { } connection)
            {
                open[count++] = connection;
            }
        }

        return count == open.Length ? open : open[..count];
    }

    private async Task<Connection> Gateway(GrainId grainId, CancellationToken cancellationToken)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        limit.CancelAfter(_patience);
        while (true)
        {
            var waiting = _connected;
            if (Open() is { Length: > 0 } open)
            {
                return open[grainId.GetUniformHashCode() % (uint)open.Length];
            }

            try
            {
                await waiting.Task.WaitAsync(limit.Token);
            }
            catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
            {
                throw new SiloUnavailableException(_view.Open.IsEmpty
                    ? $"Cluster {_redis.ClusterId} of service {_redis.ServiceId} has no active silo with a gateway; start one."
                    : $"None of the {_view.Open.Length} gateways of cluster {_redis.ClusterId} could be reached within {_patience}: {string.Join("; ", _links.Values.Select(link => link.LastFailure).Distinct())}");
            }
        }
    }

    private void Wake()
    {
        try
        {
            _changed.Release();
        }
        catch (SemaphoreFullException)
        {
            // The table will be read soon anyway.
        }
    }

    private async Task Follow()
    {
        while (!_stopped.IsCancellationRequested)
        {
            try
            {
                var unconnected = _view.Open.Length > Open().Length;
                await _changed.WaitAsync(unconnected ? _network.RetryDelay : _refresh, _stopped.Token);
                await Refresh(_stopped.Token);
            }
            catch (OperationCanceledException)
            {
                return;
            }
            catch (Exception exception)
            {
                _log.Failed(exception);
            }
        }
    }

    private async Task Refresh(CancellationToken cancellationToken)
    {
        var table = await _table.Read(cancellationToken);
        var gateways = table.Active.Where(row => row.Gateway is not null).ToArray();
        _view = new View(
            [.. gateways.Select(row => new ClusterSilo(row.Address, row.Name, row.Classes.ToDictionary(one => one.GrainType), () => 0))],
            table.Rows.Values.ToImmutableDictionary(row => row.Address, row => row.Status));
        foreach (var gateway in gateways)
        {
            var link = _links.GetOrAdd(gateway.Address, address => new PeerLink(
                address, _network, () => _network.Connect(gateway.Gateway!, address, _middleware)));
            if (link.Connection is null)
            {
                _ = Connect(link);
            }
        }

        foreach (var (address, link) in _links)
        {
            if (!table.Rows.TryGetValue(address, out var row) || row.Status == SiloStatus.Dead)
            {
                _links.TryRemove(address, out _);
                link.Close("it is dead");
            }
        }
    }

    private async Task Connect(PeerLink link)
    {
        try
        {
            await link.Open();
            var before = _connected;
            _connected = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            before.TrySetResult();
        }
        catch (Exception)
        {
            // Logged by the link; the next round tries again.
        }
    }

    private sealed record View(ImmutableArray<ClusterSilo> Open, ImmutableDictionary<SiloAddress, SiloStatus> Statuses);
}
