using System.Collections.Concurrent;
using System.Net;
using Microsoft.AspNetCore.Connections;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Orleans.Configuration;
using Orleans.Runtime;
using Orleans.Serialization;
using Orleans.Silos;
using Orleans.Wire;

namespace Orleans.Networking;

/// <summary>
/// The connections of one silo or client: made by a <see cref="Connector"/>, accepted by an <see cref="Acceptor"/>, introduced here, each
/// through the middleware that was configured for its kind.
/// </summary>
internal sealed class Network : IAsyncDisposable
{
    private readonly IServiceProvider _services;
    private readonly ConnectionOptions _connections;
    private readonly Acceptor _acceptor;
    private readonly Connector _connector;
    private readonly ConcurrentDictionary<Connection, bool> _open = new();
    private readonly CancellationTokenSource _stopped = new();
    private Introduction? _self;

    public Network(
        SiloRuntime silo,
        IServiceProvider services,
        MessagePackTypes messagePack,
        NetworkLog log,
        IOptions<ConnectionOptions> connections,
        ILoggerFactory loggers)
    {
        Silo = silo;
        Log = log;
        Options = new WireOptions(silo, messagePack);
        _services = services;
        _connections = connections.Value;
        Limits = new FrameLimits(silo.Messaging);
        _acceptor = new Acceptor(connections.Value, log, loggers);
        _connector = new Connector(connections.Value, loggers);
    }

    /// <summary>A connection has ended.</summary>
    public event Action<Connection, string>? ConnectionEnded;

    /// <summary>A client or silo has connected and said who it is.</summary>
    public event Action<Connection>? ConnectionAccepted;

    public SiloRuntime Silo { get; }

    public NetworkLog Log { get; }

    public WireOptions Options { get; }

    /// <summary>How long frames may be.</summary>
    public FrameLimits Limits { get; }

    public TimeSpan RetryDelay => _connections.ConnectionRetryDelay;

    /// <summary>What this process says of itself.</summary>
    public Introduction Self => _self ?? throw new InvalidOperationException("The silo has not been started.");

    /// <summary>Why the other side of a connection may not come in; null: it may.</summary>
    public Func<Introduction, string?> Admit { get; set; } = static _ => null;

    public void Introduce(Introduction self) => _self = self;

    /// <summary>Accepts connections at <paramref name="endpoint"/> until this is disposed.</summary>
    public Task Listen(IPEndPoint endpoint, string who, Action<IConnectionBuilder> middleware, bool forClients) =>
        _acceptor.Listen(endpoint, who, Build(middleware, context => Welcome(context, forClients)));

    /// <summary>Connects and introduces; throws when that fails or takes longer than the open timeout.</summary>
    public Task<Connection> Connect(IPEndPoint endpoint, SiloAddress? expected, Action<IConnectionBuilder> middleware) =>
        _connector.Connect(endpoint, opened => Build(middleware, inner => Introduce(inner, expected, opened)), _stopped.Token);

    public void Ended(Connection connection, string reason)
    {
        if (_open.TryRemove(connection, out _))
        {
            Log.Ended(connection.Peer.Name, connection.Peer.Address, reason);
            ConnectionEnded?.Invoke(connection, reason);
        }
    }

    /// <summary>Closes every connection with a silo that is gone.</summary>
    public void Drop(SiloAddress silo, string reason)
    {
        foreach (var connection in _open.Keys)
        {
            if (connection.Peer.Address.Equals(silo))
            {
                connection.Close(reason);
            }
        }
    }

    public async ValueTask DisposeAsync()
    {
        if (_stopped.IsCancellationRequested)
        {
            return;
        }

        await _stopped.CancelAsync();
        await _acceptor.Stop();
        await Task.WhenAll(_open.Keys.Select(connection => connection.Finish("this silo stops", TimeSpan.FromSeconds(2))));
        await _acceptor.DisposeAsync();
        _connector.Dispose();
    }

    private ConnectionDelegate Build(Action<IConnectionBuilder> middleware, ConnectionDelegate last)
    {
        var builder = new ConnectionBuilder(_services);
        middleware(builder);
        builder.Use(_ => last);
        return builder.Build();
    }

    private async Task Introduce(ConnectionContext context, SiloAddress? expected, TaskCompletionSource<Connection> opened)
    {
        await Greeting.Say(context, FrameKind.Hello, Self);
        var (kind, peer, reason) = await Greeting.Hear(context);
        if (kind == FrameKind.Refusal)
        {
            throw new ConnectionAbortedException($"{context.RemoteEndPoint} refused the connection: {reason}");
        }

        if (kind != FrameKind.Welcome || peer is null)
        {
            throw new ProtocolException("The other side did not introduce itself.");
        }

        if (Check(peer) is { } wrong)
        {
            throw new ProtocolException(wrong);
        }

        if (expected is not null && !peer.Address.Equals(expected))
        {
            throw new StrangerException(expected, peer.Address);
        }

        var connection = new Connection(context, this, peer);
        _open[connection] = true;
        Log.Connected(peer.Name, peer.Address);
        opened.TrySetResult(connection);
        await connection.Receive(context.Transport.Input);
    }

    private async Task Welcome(ConnectionContext context, bool forClients)
    {
        Introduction peer;
        try
        {
            var (kind, heard, _) = await Greeting.Hear(context);
            if (kind != FrameKind.Hello || heard is null)
            {
                throw new ProtocolException("A connection begins with an introduction.");
            }

            peer = heard;
            var refused = Check(peer)
                ?? (forClients == peer.Address.IsClient ? null : forClients ? "This port is for clients." : "This port is for silos.")
                ?? Admit(peer);
            if (refused is not null)
            {
                throw new ProtocolException(refused);
            }
        }
        catch (ProtocolException exception)
        {
            Log.Refused(context.RemoteEndPoint, exception.Message);
            await Greeting.Refuse(context, exception.Message);
            return;
        }

        await Greeting.Say(context, FrameKind.Welcome, Self);
        Acceptor.Admitted(context);
        var connection = new Connection(context, this, peer);
        _open[connection] = true;
        Log.Accepted(peer.Name, peer.Address);
        ConnectionAccepted?.Invoke(connection);
        await connection.Receive(context.Transport.Input);
    }

    private string? Check(Introduction peer) =>
        peer.ClusterId != Self.ClusterId || peer.ServiceId != Self.ServiceId
            ? $"It belongs to cluster {peer.ClusterId} of service {peer.ServiceId}, but this is cluster {Self.ClusterId} of service {Self.ServiceId}."
            : null;
}
