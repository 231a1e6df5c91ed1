using System.Buffers;
using System.Buffers.Binary;
using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Server.Kestrel.Transport.Sockets;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Orleans.Configuration;
using Orleans.Runtime;
using Orleans.Serialization;
using Orleans.Silos;
using Orleans.Wire;

namespace Orleans.Networking;

/// <summary>The connections of one silo or client: made, accepted and introduced, each through the middleware that was configured for its kind.</summary>
internal sealed class Network : IAsyncDisposable
{
    private readonly IServiceProvider _services;
    private readonly ConnectionOptions _connections;
    private readonly MessagingOptions _messaging;
    private readonly SocketTransportFactory _listeners;
    private readonly SocketConnectionContextFactory _sockets;
    private readonly ConcurrentDictionary<Connection, bool> _open = new();
    private readonly List<IConnectionListener> _listening = [];
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
        _messaging = silo.Messaging;
        _listeners = new SocketTransportFactory(Microsoft.Extensions.Options.Options.Create(new SocketTransportOptions { NoDelay = true }), loggers);
        _sockets = new SocketConnectionContextFactory(new SocketConnectionFactoryOptions(), loggers.CreateLogger<Network>());
    }

    /// <summary>A connection has ended.</summary>
    public event Action<Connection, string>? ConnectionEnded;

    /// <summary>A client or silo has connected and said who it is.</summary>
    public event Action<Connection>? ConnectionAccepted;

    public SiloRuntime Silo { get; }

    public NetworkLog Log { get; }

    public WireOptions Options { get; }

    public TimeSpan RetryDelay => _connections.ConnectionRetryDelay;

    /// <summary>What this process says of itself.</summary>
    public Introduction Self => _self ?? throw new InvalidOperationException("The silo has not been started.");

    /// <summary>Why the other side of a connection may not come in; null: it may.</summary>
    public Func<Introduction, string?> Admit { get; set; } = static _ => null;

    public void Introduce(Introduction self) => _self = self;

    /// <summary>Accepts connections at <paramref name="endpoint"/> until this is disposed.</summary>
    public async Task Listen(IPEndPoint endpoint, string who, Action<IConnectionBuilder> middleware, bool forClients)
    {
        IConnectionListener listener;
        try
        {
            listener = await _listeners.BindAsync(endpoint);
        }
        catch (Exception exception) when (exception is SocketException or AddressInUseException or IOException)
        {
            throw new OrleansConfigurationException(
                $"Connections of {who} cannot be accepted at {endpoint}: {exception.Message}. Give each silo ports of its own and an address of this machine.", exception);
        }

        lock (_listening)
        {
            _listening.Add(listener);
        }

        Log.Listening(who, endpoint);
        var pipeline = Build(middleware, context => Welcome(context, forClients));
        _ = Accept(listener, pipeline);
    }

    /// <summary>Connects and introduces; throws when that fails or takes longer than the open timeout.</summary>
    public async Task<Connection> Connect(IPEndPoint endpoint, SiloAddress? expected, Action<IConnectionBuilder> middleware)
    {
        using var time = CancellationTokenSource.CreateLinkedTokenSource(_stopped.Token);
        time.CancelAfter(_connections.OpenConnectionTimeout);
        var socket = new Socket(endpoint.AddressFamily, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        ConnectionContext context;
        try
        {
            await socket.ConnectAsync(endpoint, time.Token);
            context = _sockets.Create(socket);
        }
        catch (Exception exception)
        {
            socket.Dispose();
            throw exception is OperationCanceledException
                ? new TimeoutException($"no connection to {endpoint} within {_connections.OpenConnectionTimeout}")
                : exception;
        }

        var opened = new TaskCompletionSource<Connection>(TaskCreationOptions.RunContinuationsAsynchronously);
        var pipeline = Build(middleware, inner => Introduce(inner, expected, opened));
        _ = RunOutbound(context, pipeline, opened);
        try
        {
            return await opened.Task.WaitAsync(time.Token);
        }
        catch (OperationCanceledException)
        {
            context.Abort(new ConnectionAbortedException("It took too long to open."));
            throw new TimeoutException($"{endpoint} did not introduce itself within {_connections.OpenConnectionTimeout}");
        }
    }

    public void CheckSize(FrameBuffer frame, object call)
    {
        if (frame.BodyLength > _messaging.MaxMessageBodySize)
        {
            throw new OrleansException(
                $"{call} has a body of {frame.BodyLength} bytes; the limit is {_messaging.MaxMessageBodySize} (see {nameof(MessagingOptions.MaxMessageBodySize)}).");
        }

        if (frame.HeaderLength > _messaging.MaxMessageHeaderSize)
        {
            throw new OrleansException(
                $"{call} has a header of {frame.HeaderLength} bytes; the limit is {_messaging.MaxMessageHeaderSize} (see {nameof(MessagingOptions.MaxMessageHeaderSize)}).");
        }
    }

    public void CheckLengths(int header, int body)
    {
        if (header < 1 || header > _messaging.MaxMessageHeaderSize)
        {
            throw new ProtocolException($"A frame's header says that it has {header} bytes; 1 to {_messaging.MaxMessageHeaderSize} are allowed.");
        }

        if (body < 0 || body > _messaging.MaxMessageBodySize)
        {
            throw new ProtocolException($"A frame's body says that it has {body} bytes; 0 to {_messaging.MaxMessageBodySize} are allowed.");
        }
    }

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
        IConnectionListener[] listeners;
        lock (_listening)
        {
            listeners = [.. _listening];
            _listening.Clear();
        }

        foreach (var listener in listeners)
        {
            await listener.UnbindAsync();
        }

        await Task.WhenAll(_open.Keys.Select(connection => connection.Finish("this silo stops", TimeSpan.FromSeconds(2))));
        foreach (var listener in listeners)
        {
            await listener.DisposeAsync();
        }

        _sockets.Dispose();
    }

    private ConnectionDelegate Build(Action<IConnectionBuilder> middleware, ConnectionDelegate last)
    {
        var builder = new ConnectionBuilder(_services);
        middleware(builder);
        builder.Use(_ => last);
        return builder.Build();
    }

    private async Task Accept(IConnectionListener listener, ConnectionDelegate pipeline)
    {
        while (!_stopped.IsCancellationRequested)
        {
            try
            {
                if (await listener.AcceptAsync(_stopped.Token) is not { } context)
                {
                    return;
                }

                _ = RunInbound(context, pipeline);
            }
            catch (OperationCanceledException) when (_stopped.IsCancellationRequested)
            {
                return;
            }
            catch (Exception exception)
            {
                Log.AcceptFailed(listener.EndPoint, exception);
                await Task.Delay(TimeSpan.FromMilliseconds(100));
            }
        }
    }

    private async Task RunInbound(ConnectionContext context, ConnectionDelegate pipeline)
    {
        await Task.Yield();

        // Nobody may hold a connection open without saying who he is.
        using var opening = new CancellationTokenSource(_connections.OpenConnectionTimeout * 2);
        context.Items[typeof(CancellationTokenSource)] = opening;
        await using var abort = opening.Token.UnsafeRegister(
            static state => ((ConnectionContext)state!).Abort(new ConnectionAbortedException("It took too long to introduce itself.")), context);
        try
        {
            await pipeline(context);
        }
        catch (Exception exception)
        {
            Log.Refused(context.RemoteEndPoint, exception.Message);
            context.Abort(new ConnectionAbortedException(exception.Message));
        }
        finally
        {
            await context.DisposeAsync();
        }
    }

    private static async Task RunOutbound(ConnectionContext context, ConnectionDelegate pipeline, TaskCompletionSource<Connection> opened)
    {
        await Task.Yield();
        try
        {
            await pipeline(context);
            opened.TrySetException(new ConnectionAbortedException("the connection's middleware ended it"));
        }
        catch (Exception exception)
        {
            opened.TrySetException(exception);
        }
        finally
        {
            await context.DisposeAsync();
        }
    }

    private async Task Introduce(ConnectionContext context, SiloAddress? expected, TaskCompletionSource<Connection> opened)
    {
        await Say(context, FrameKind.Hello, Self);
        var (kind, peer, reason) = await Hear(context);
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
            var (kind, heard, _) = await Hear(context);
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
            await Refuse(context, exception.Message);
            return;
        }

        await Say(context, FrameKind.Welcome, Self);
        if (context.Items.TryGetValue(typeof(CancellationTokenSource), out var opening))
        {
            ((CancellationTokenSource)opening!).CancelAfter(Timeout.InfiniteTimeSpan);
        }

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

    private static async Task Say(ConnectionContext context, FrameKind kind, Introduction self)
    {
        var frame = new FrameBuffer();
        self.Write(frame, kind);
        await context.Transport.Output.WriteAsync(frame.WrittenMemory);
    }

    private static async Task Refuse(ConnectionContext context, string reason)
    {
        var frame = new FrameBuffer();
        frame.Begin(FrameKind.Refusal);
        frame.WriteString(reason);
        frame.BeginBody();
        frame.End();
        await context.Transport.Output.WriteAsync(frame.WrittenMemory);
        await context.Transport.Output.CompleteAsync();
    }

    // One frame without a body, of a length that an introduction may have.
    private static async Task<(FrameKind Kind, Introduction? Peer, string? Reason)> Hear(ConnectionContext context)
    {
        var input = context.Transport.Input;
        while (true)
        {
            var read = await input.ReadAsync();
            if (TryHear(read.Buffer, out var end, out var heard))
            {
                input.AdvanceTo(end);
                return heard;
            }

            input.AdvanceTo(read.Buffer.Start, read.Buffer.End);
            if (read.IsCompleted || read.IsCanceled)
            {
                throw new ConnectionAbortedException("the other side closed the connection before it introduced itself");
            }
        }
    }

    private static bool TryHear(ReadOnlySequence<byte> buffer, out SequencePosition end, out (FrameKind, Introduction?, string?) heard)
    {
        const int Longest = 4096;
        end = buffer.Start;
        heard = default;
        if (buffer.Length < FrameBuffer.Prefix)
        {
            return false;
        }

        Span<byte> prefix = stackalloc byte[FrameBuffer.Prefix];
        buffer.Slice(0, FrameBuffer.Prefix).CopyTo(prefix);
        var length = BinaryPrimitives.ReadInt32LittleEndian(prefix);
        if (length is < 1 or > Longest || BinaryPrimitives.ReadInt32LittleEndian(prefix[4..]) != 0)
        {
            throw new ProtocolException("The other side does not speak this protocol.");
        }

        if (buffer.Length < FrameBuffer.Prefix + length)
        {
            return false;
        }

        var frame = buffer.Slice(FrameBuffer.Prefix, length);
        end = frame.End;
        var header = new HeaderReader(frame.ToArray());
        var kind = (FrameKind)header.ReadByte();
        heard = kind == FrameKind.Refusal ? (kind, null, header.ReadString()) : (kind, Introduction.Read(ref header), null);
        return true;
    }
}
