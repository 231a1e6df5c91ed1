using System.Net;
using StackExchange.Redis;

namespace PairUni.Silo;

/// <summary>How one process takes part in a cluster.</summary>
public sealed record SiloSettings
{
    /// <summary>Name of the cluster; clusters of different names may share a Redis.</summary>
    public string Cluster { get; init; } = "pairuni";

    /// <summary>Name of the silo, unique in the cluster; workers are named after it.</summary>
    public required string Name { get; init; }

    public required SiloRole Roles { get; init; }

    /// <summary>How Redis is reached.</summary>
    public required ConfigurationOptions Redis { get; init; }

    /// <summary>Rollout workers, each a device of its own.</summary>
    public int Devices { get; init; } = 1;

    /// <summary>Address that it listens on and that others reach it at; loopback unless told otherwise.</summary>
    public IPAddress Listen { get; init; } = IPAddress.Loopback;

    /// <summary>Port for other silos; 0 takes a free one.</summary>
    public int SiloPort { get; init; }

    /// <summary>Port that it listens on for other silos when they reach it at <see cref="SiloPort"/> through something else; 0: that one.</summary>
    public int SiloListenPort { get; init; }

    /// <summary>Port for clients; 0 takes a free one.</summary>
    public int GatewayPort { get; init; }

    /// <summary>Port of probes, metrics and, without TLS, weights; 0 takes a free one.</summary>
    public int HttpPort { get; init; }

    /// <summary>Whether a dead process is noticed in seconds instead of in a quarter of a minute, at the price of more probes.</summary>
    public bool Tuned { get; init; }

    /// <summary>Folder of the runs' folders, instead of run.out; nothing leaves that.</summary>
    public string? Out { get; init; }

    /// <summary>How long a drain may take.</summary>
    public TimeSpan Grace { get; init; } = TimeSpan.FromSeconds(60);

    /// <summary>The cluster's token; nothing in a cluster without one.</summary>
    public ClusterToken? Token { get; init; }

    /// <summary>Its certificate and CA; nothing in a cluster without TLS.</summary>
    public ClusterTls? Tls { get; init; }

    /// <summary>Port of weights where there is TLS, for which the one of <see cref="HttpPort"/> does not encrypt; 0 takes a free one.</summary>
    public int WeightsPort { get; init; }

    /// <summary>Where warnings go, a line each; nothing keeps none.</summary>
    public TextWriter? Log { get; init; }
}
