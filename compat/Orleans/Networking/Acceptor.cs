using System.Net;
using System.Net.Sockets;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Server.Kestrel.Transport.Sockets;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Orleans.Configuration;
using Orleans.Runtime;

namespace Orleans.Networking;

/// <summary>Accepts connections and takes each through its middleware; those that do not say in time who they are it closes.</summary>
internal sealed class Acceptor(ConnectionOptions options, NetworkLog log, ILoggerFactory loggers) : IAsyncDisposable
{
    private readonly SocketTransportFactory _transport = new(Options.Create(new SocketTransportOptions { NoDelay = true }), loggers);
    private readonly List<IConnectionListener> _listening = [];
    private readonly CancellationTokenSource _stopped = new();

    /// <summary>The other side has said who it is: the connection may stay open.</summary>
    public static void Admitted(ConnectionContext context)
    {
        if (context.Items.TryGetValue(typeof(CancellationTokenSource), out var opening))
        {
            ((CancellationTokenSource)opening!).CancelAfter(Timeout.InfiniteTimeSpan);
        }
    }

    /// <summary>Accepts connections at <paramref name="endpoint"/> until this is stopped.</summary>
    public async Task Listen(IPEndPoint endpoint, string who, ConnectionDelegate pipeline)
    {
        IConnectionListener listener;
        try
        {
            listener = await _transport.BindAsync(endpoint);
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

        log.Listening(who, endpoint);
        _ = Accept(listener, pipeline);
    }

    /// <summary>Accepts no more; connections that are open stay so.</summary>
    public async Task Stop()
    {
        await _stopped.CancelAsync();
        foreach (var listener in Listeners())
        {
            await listener.UnbindAsync();
        }
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var listener in Listeners())
        {
            await listener.DisposeAsync();
        }
    }

    private IConnectionListener[] Listeners()
    {
        lock (_listening)
        {
            return [.. _listening];
        }
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

                _ = Run(context, pipeline);
            }
            catch (OperationCanceledException) when (_stopped.IsCancellationRequested)
            {
                return;
            }
            catch (Exception exception)
            {
                log.AcceptFailed(listener.EndPoint, exception);
                await Task.Delay(TimeSpan.FromMilliseconds(100));
            }
        }
    }

    private async Task Run(ConnectionContext context, ConnectionDelegate pipeline)
    {
        await Task.Yield();

        // Nobody may hold a connection open without saying who he is.
        using var opening = new CancellationTokenSource(options.OpenConnectionTimeout * 2);
        context.Items[typeof(CancellationTokenSource)] = opening;
        await using var abort = opening.Token.UnsafeRegister(
            static state => ((ConnectionContext)state!).Abort(new ConnectionAbortedException("It took too long to introduce itself.")), context);
        try
        {
            await pipeline(context);
        }
        catch (Exception exception)
        {
            log.Refused(context.RemoteEndPoint, exception.Message);
            context.Abort(new ConnectionAbortedException(exception.Message));
        }
        finally
        {
            await context.DisposeAsync();
        }
    }
}
