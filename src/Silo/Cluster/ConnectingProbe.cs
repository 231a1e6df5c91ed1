using System.Net;
using System.Net.Sockets;
using PairUni.Grains;

namespace PairUni.Silo;

/// <summary>Asks the network: a process that is gone has its port closed.</summary>
public sealed class ConnectingProbe(TimeProvider time) : ISiloProbe
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(1);

    public async Task<bool?> Answers(string address, CancellationToken cancellationToken)
    {
        if (!IPEndPoint.TryParse(address, out var endpoint)) return null;
        using var limit = new CancellationTokenSource(Limit, time);
        using var both = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, cancellationToken);
        using var socket = new Socket(endpoint.AddressFamily, SocketType.Stream, ProtocolType.Tcp);
        try
        {
            await socket.ConnectAsync(endpoint, both.Token);
            return true;
        }
        catch (SocketException fault) when (fault.SocketErrorCode == SocketError.ConnectionRefused)
        {
            return false;
        }
        catch (Exception fault) when (fault is SocketException or OperationCanceledException)
        {
            return null;
        }
    }
}
