using System.Net;
using System.Net.Sockets;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Server.Kestrel.Transport.Sockets;
using Microsoft.Extensions.Logging;
using Orleans.Configuration;

namespace Orleans.Networking;

/// <summary>Makes connections and takes each through its middleware.</summary>
internal sealed class Connector(ConnectionOptions options, ILoggerFactory loggers) : IDisposable
{
    private readonly SocketConnectionContextFactory _sockets = new(new SocketConnectionFactoryOptions(), loggers.CreateLogger<Connector>());

    /// <summary>Connects; throws when that fails or takes longer than the open timeout.</summary>
    /// <param name="endpoint">Where to.</param>
    /// <param name="pipeline">What a connection goes through, until its source has one that is open.</param>
    /// <param name="stopped">Ends the attempt.</param>
    public async Task<Connection> Connect(IPEndPoint endpoint, Func<TaskCompletionSource<Connection>, ConnectionDelegate> pipeline, CancellationToken stopped)
    {
        using var time = CancellationTokenSource.CreateLinkedTokenSource(stopped);
        time.CancelAfter(options.OpenConnectionTimeout);
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
                ? new TimeoutException($"no connection to {endpoint} within {options.OpenConnectionTimeout}")
                : exception;
        }

        var opened = new TaskCompletionSource<Connection>(TaskCreationOptions.RunContinuationsAsynchronously);
        _ = Run(context, pipeline(opened), opened);
        try
        {
            return await opened.Task.WaitAsync(time.Token);
        }
        catch (OperationCanceledException)
        {
            context.Abort(new ConnectionAbortedException("It took too long to open."));
            throw new TimeoutException($"{endpoint} did not introduce itself within {options.OpenConnectionTimeout}");
        }
    }

    public void Dispose() => _sockets.Dispose();

    private static async Task Run(ConnectionContext context, ConnectionDelegate pipeline, TaskCompletionSource<Connection> opened)
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
}
