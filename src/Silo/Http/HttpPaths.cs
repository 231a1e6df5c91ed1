namespace PairUni.Silo;

/// <summary>Paths of a silo's HTTP port. The Kubernetes manifests name the same ones; a test compares them.</summary>
public static class HttpPaths
{
    /// <summary>200 once the host has started and the silo has joined the cluster.</summary>
    public const string Startup = "/health/startup";

    /// <summary>200 while the silo takes work: an active member, Redis reachable, not draining.</summary>
    public const string Ready = "/health/ready";

    /// <summary>200 while every loop of the process makes progress; a restart is the remedy when it does not.</summary>
    public const string Live = "/health/live";

    /// <summary>Figures as Prometheus text.</summary>
    public const string Metrics = "/metrics";
}
