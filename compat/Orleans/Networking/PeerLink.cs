using Orleans.Runtime;

namespace Orleans.Networking;

/// <summary>
/// The way to one silo: connects when there is something to send, again after the connection was lost, and after a failed
/// attempt not before the retry delay is over.
/// </summary>
internal sealed class PeerLink(SiloAddress address, Network network, Func<Task<Connection>> connect)
{
    private readonly Lock _gate = new();
    private readonly Queue<Call> _queued = new();
    private volatile Connection? _connection;
    private Task<Connection>? _connecting;
    private long _notBefore;
    private string? _lastFailure;
    private string? _closed;

    public SiloAddress Address => address;

    /// <summary>Why the last attempt to connect failed; null: none did.</summary>
    public string? LastFailure => _lastFailure;

    public Connection? Connection => _connection is { IsOpen: true } open ? open : null;

    /// <summary>Sends the call, now or as soon as there is a connection; it fails when there is none.</summary>
    public void Send(Call call)
    {
        if (_connection is { IsOpen: true } open && open.TrySend(call))
        {
            return;
        }

        string? refused = null;
        lock (_gate)
        {
            if (_closed is not null)
            {
                refused = _closed;
            }
            else if (_connecting is null && Environment.TickCount64 < _notBefore)
            {
                refused = _lastFailure;
            }
            else
            {
                _queued.Enqueue(call);
                Start();
            }
        }

        if (refused is not null)
        {
            call.Fail(Unreachable(call, refused));
        }
    }

    /// <summary>The open connection, or a new one.</summary>
    public Task<Connection> Open()
    {
        lock (_gate)
        {
            if (_connection is { IsOpen: true } open)
            {
                return Task.FromResult(open);
            }

            return _closed is not null ? Task.FromException<Connection>(new SiloUnavailableException(_closed)) : Start();
        }
    }

    /// <summary>The silo is gone: what waits fails, and so does everything from now on.</summary>
    public void Close(string reason)
    {
        Call[] left;
        lock (_gate)
        {
            _closed = reason;
            left = [.. _queued];
            _queued.Clear();
        }

        _connection?.Close(reason);
        foreach (var call in left)
        {
            call.Fail(Unreachable(call, reason));
        }
    }

    // Caller holds the gate.
    private Task<Connection> Start()
    {
        if (_connecting is null)
        {
            using (ExecutionContext.IsFlowSuppressed() ? default : ExecutionContext.SuppressFlow())
            {
                _connecting = Task.Run(Connect);
                _ = _connecting.ContinueWith(static task => task.Exception, CancellationToken.None, TaskContinuationOptions.OnlyOnFaulted, TaskScheduler.Default);
            }
        }

        return _connecting;
    }

    private async Task<Connection> Connect()
    {
        try
        {
            var connection = await connect().ConfigureAwait(false);
            while (true)
            {
                Call[] waiting;
                lock (_gate)
                {
                    waiting = [.. _queued];
                    _queued.Clear();
                    if (waiting.Length == 0)
                    {
                        _connection = connection;
                        _connecting = null;
                        break;
                    }
                }

                foreach (var call in waiting)
                {
                    if (!call.IsAbandoned && !connection.TrySend(call))
                    {
                        call.Fail(Unreachable(call, "the connection ended"));
                    }
                }
            }

            if (_closed is { } closed)
            {
                connection.Close(closed);
            }

            return connection;
        }
        catch (Exception exception)
        {
            Call[] failed;
            lock (_gate)
            {
                failed = [.. _queued];
                _queued.Clear();
                _connecting = null;
                _lastFailure = exception.Message;
                _notBefore = Environment.TickCount64 + (long)network.RetryDelay.TotalMilliseconds;
            }

            network.Log.Unreachable(address, exception.Message);
            foreach (var call in failed)
            {
                call.Fail(Unreachable(call, exception.Message));
            }

            throw;
        }
    }

    private OrleansMessageRejectionException Unreachable(Call call, string reason) =>
        new SiloUnavailableException($"{call} could not be delivered, because {address} cannot be reached: {reason}");
}
