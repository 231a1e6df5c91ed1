using PairUni.Contracts;

namespace PairUni.Client;

/// <summary>How a cluster is found and entered: its Redis, its name, its token and its TLS.</summary>
public sealed record ClusterAddress
{
    /// <summary>host:port of the cluster's Redis.</summary>
    public required string Redis { get; init; }

    /// <summary>Its password; nothing where it has none.</summary>
    public string? RedisPassword { get; init; }

    /// <summary>Name of the cluster; several may share a Redis.</summary>
    public string Cluster { get; init; } = "pairuni";

    /// <summary>The cluster's token; nothing for a cluster without one.</summary>
    public ClusterToken? Token { get; init; }

    /// <summary>Certificate and CA; nothing for a cluster without TLS.</summary>
    public ClusterTls? Tls { get; init; }

    /// <summary>How long a call is repeated while silos come and go. Default: one minute; a killed silo counts as there for up to 13 s.</summary>
    public TimeSpan Patience { get; init; } = TimeSpan.FromMinutes(1);

    /// <summary>The cluster that this process's environment names (PAIRUNI_REDIS, PAIRUNI_REDIS_PASSWORD, PAIRUNI_CLUSTER_TOKEN_FILE or PAIRUNI_CLUSTER_TOKEN, PAIRUNI_TLS_CERT, PAIRUNI_TLS_KEY and PAIRUNI_TLS_CA).</summary>
    /// <param name="redis">host:port, if the environment does not decide.</param>
    /// <exception cref="UserErrorException">No Redis is named, or the token or a certificate cannot be read.</exception>
    public static ClusterAddress FromEnvironment(string? redis = null) => new()
    {
        Redis = redis ?? Environment.GetEnvironmentVariable(ClusterVariables.Redis)
            ?? throw new UserErrorException($"no cluster is named: set {ClusterVariables.Redis} to host:port of its Redis"),
        RedisPassword = Environment.GetEnvironmentVariable(ClusterVariables.RedisPassword),
        Token = ClusterToken.FromEnvironment(Environment.GetEnvironmentVariable),
        Tls = ClusterTls.FromEnvironment(TlsFiles.None, Environment.GetEnvironmentVariable, TimeProvider.System),
    };
}
