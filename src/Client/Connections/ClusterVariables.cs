namespace PairUni.Client;

/// <summary>Environment variables that a process of a cluster reads beside those of <see cref="ClusterToken"/>; the Kubernetes manifests set the same ones.</summary>
public static class ClusterVariables
{
    /// <summary>host:port of Redis; what --redis says without it.</summary>
    public const string Redis = "PAIRUNI_REDIS";

    /// <summary>Password of Redis, which never stands on a command line.</summary>
    public const string RedisPassword = "PAIRUNI_REDIS_PASSWORD";

    /// <summary>Roles of the silo, with commas between them; what --roles says without it.</summary>
    public const string Roles = "PAIRUNI_ROLES";

    /// <summary>Name of the silo; workers are named after it.</summary>
    public const string SiloName = "PAIRUNI_SILO_NAME";

    /// <summary>Address of the pod; set, the silo listens on it and tells it to others.</summary>
    public const string PodIp = "POD_IP";

    /// <summary>Seconds that a drain may take.</summary>
    public const string GraceSeconds = "PAIRUNI_GRACE_SECONDS";
}
