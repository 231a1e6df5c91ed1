namespace PairUni.Silo;

/// <summary>TCP ports of a silo in a container, where each has an address of its own; the Kubernetes manifests name the same ones.</summary>
public static class ClusterPorts
{
    /// <summary>Silos talk to each other here.</summary>
    public const int Silo = 11111;

    /// <summary>Clients connect here.</summary>
    public const int Gateway = 30000;

    /// <summary>Probes, metrics and, without TLS, weights: <see cref="HttpPaths"/>.</summary>
    public const int Http = 8080;

    /// <summary>Weights where the cluster uses TLS.</summary>
    public const int Weights = 8443;
}
