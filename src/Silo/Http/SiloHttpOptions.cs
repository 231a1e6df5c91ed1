using System.Net;

namespace PairUni.Silo;

/// <summary>Where a silo answers HTTP and what it asks of a caller.</summary>
public sealed record SiloHttpOptions
{
    /// <summary>Address that it listens on. Default: loopback, so that nothing beyond this machine reaches it unless told to.</summary>
    public IPAddress Address { get; init; } = IPAddress.Loopback;

    /// <summary>TCP port, 1 to 65535; 0 (the default) takes a free one, which <see cref="SiloHttp.Endpoint"/> tells once started.</summary>
    public int Port { get; init; }

    /// <summary>Host name or address under which others reach it; empty (the default) is the address that it listens on.</summary>
    public string PublicHost { get; init; } = "";

    /// <summary>The cluster token that routes with <see cref="TokenRoutes.RequireClusterToken"/> ask for; nothing lets everybody in.</summary>
    public ClusterToken? Token { get; init; }

    /// <summary>
    /// The cluster's TLS. With it routes with <see cref="TokenRoutes.RequireClusterToken"/> answer at <see cref="WeightsPort"/> alone, to whoever shows
    /// a certificate; probes and metrics stay plain, for those who ask for them have none. Nothing: one port for all, unencrypted.
    /// </summary>
    public ClusterTls? Tls { get; init; }

    /// <summary>TCP port under TLS; 0 (the default) takes a free one.</summary>
    public int WeightsPort { get; init; }
}
