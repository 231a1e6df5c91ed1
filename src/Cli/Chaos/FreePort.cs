using System.Net;
using System.Net.Sockets;

namespace PairUni.Cli.Chaos;

/// <summary>Ports that nobody listens on.</summary>
internal static class FreePort
{
    /// <summary>A port on 127.0.0.1 that is free now; another process may take it before it is used.</summary>
    public static int Next()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
