using System.Net;
using System.Net.Sockets;

namespace PairUni.Silo;

/// <summary>Where a silo listens for other silos and for clients.</summary>
public sealed record SiloAddresses(IPAddress Address, int Silo, int Gateway)
{
    /// <summary>As the settings say; free ports where they say none.</summary>
    public static SiloAddresses Of(SiloSettings settings) => new(settings.Listen, Port(settings.SiloPort), Port(settings.GatewayPort));

    private static int Port(int port)
    {
        if (port > 0) return port;
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
