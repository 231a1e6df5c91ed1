using System.Net;
using System.Net.Sockets;

namespace PairUni.Cli.Chaos;

/// <summary>One connection through a <see cref="TcpProxy"/>, both ways.</summary>
internal sealed class TcpProxyLink(Socket client) : IDisposable
{
    private readonly Socket _server = new(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
    private readonly TaskCompletionSource _ended = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>Completes when it is closed.</summary>
    public Task Ended => _ended.Task;

    /// <summary>Passes bytes both ways until both sides are done, either side fails, or it is reset.</summary>
    /// <param name="target">The port to connect to.</param>
    /// <param name="bufferBytes">Bytes on their way in each direction at most.</param>
    /// <param name="gate">Completed while bytes may pass.</param>
    /// <param name="cancellationToken">Ends it.</param>
    public async Task Run(int target, int bufferBytes, Func<Task> gate, CancellationToken cancellationToken)
    {
        try
        {
            await gate().WaitAsync(cancellationToken);
            await _server.ConnectAsync(new IPEndPoint(IPAddress.Loopback, target), cancellationToken);
            (client.NoDelay, _server.NoDelay) = (true, true);
            await Task.WhenAll(
                Pass(client, _server, bufferBytes, gate, cancellationToken),
                Pass(_server, client, bufferBytes, gate, cancellationToken));
        }
        catch (Exception fault) when (fault is SocketException or ObjectDisposedException or OperationCanceledException)
        {
            // One side is gone: both ends see a reset.
            Reset();
        }
    }

    /// <summary>Closes both sides at once, so that the peers see a reset and not an orderly end.</summary>
    public void Reset()
    {
        foreach (var socket in new[] { client, _server })
        {
            try
            {
                socket.LingerState = new(true, 0);
            }
            catch (Exception fault) when (fault is SocketException or ObjectDisposedException)
            {
                // It is gone already.
            }

            socket.Dispose();
        }
    }

    public void Dispose()
    {
        client.Dispose();
        _server.Dispose();
        _ended.TrySetResult();
    }

    private static async Task Pass(Socket from, Socket to, int bufferBytes, Func<Task> gate, CancellationToken cancellationToken)
    {
        var buffer = new byte[bufferBytes];
        int length;
        while ((length = await from.ReceiveAsync(buffer, cancellationToken)) > 0)
        {
            await gate().WaitAsync(cancellationToken);
            for (var sent = 0; sent < length;) sent += await to.SendAsync(buffer.AsMemory(sent, length - sent), cancellationToken);
        }

        to.Shutdown(SocketShutdown.Send);
    }
}
