using System.Net;
using PairUni.Contracts;
using StackExchange.Redis;

namespace PairUni.Client;

/// <summary>The way into a cluster's Redis: connects, says plainly what is wrong, and sees to it that both sides fit (<see cref="ClusterMarks"/>).</summary>
public static class RedisDoor
{
    private const int ConnectMilliseconds = 5000;
    private const int DefaultPort = 6379;

    /// <summary>What a cluster's keys begin with.</summary>
    public static string Prefix(string cluster) => $"pairuni/{cluster}";

    /// <summary>The options of a connection that heals by itself.</summary>
    /// <param name="redis">host:port, the port 6379 if it is left out, or a StackExchange.Redis configuration string.</param>
    /// <param name="password">Text of PAIRUNI_REDIS_PASSWORD, or null.</param>
    /// <exception cref="UserErrorException">The text is none.</exception>
    public static ConfigurationOptions Options(string redis, string? password)
    {
        ConfigurationOptions options;
        try
        {
            options = ConfigurationOptions.Parse(redis);
        }
        catch (Exception fault) when (fault is ArgumentException or FormatException)
        {
            throw new UserErrorException($"--redis {redis}: write host:port, such as --redis 127.0.0.1:6379 ({fault.Message.TrimEnd('.')}).", fault);
        }

        if (options.EndPoints.Count == 0) throw new UserErrorException($"--redis {redis}: write host:port, such as --redis 127.0.0.1:6379.");
        for (var i = 0; i < options.EndPoints.Count; i++)
        {
            options.EndPoints[i] = options.EndPoints[i] switch
            {
                DnsEndPoint { Port: 0 } name => new DnsEndPoint(name.Host, DefaultPort),
                IPEndPoint { Port: 0 } address => new IPEndPoint(address.Address, DefaultPort),
                var complete => complete,
            };
        }

        if (!string.IsNullOrEmpty(password)) options.Password = password;
        options.AbortOnConnectFail = false;
        options.ConnectTimeout = ConnectMilliseconds;
        options.ConnectRetry = 3;
        options.SyncTimeout = ConnectMilliseconds;
        options.AllowAdmin = false;
        return options;
    }

    /// <summary>Connects and compares the version of the protocol, the token and the TLS with those that the cluster's silos left here.</summary>
    /// <param name="options">Of the connection.</param>
    /// <param name="cluster">The cluster's name.</param>
    /// <param name="token">Its token, or null.</param>
    /// <param name="tls">Its TLS, or null. Where the options say ssl, Redis is shown the same certificate.</param>
    /// <param name="isSilo">Whether to leave them, if nobody has.</param>
    /// <exception cref="UserErrorException">
    /// Redis cannot be reached or refuses the password, or the cluster has another version of the protocol, another token or another TLS.
    /// </exception>
    public static async Task<ConnectionMultiplexer> Open(ConfigurationOptions options, string cluster, ClusterToken? token, ClusterTls? tls, bool isSilo = false)
    {
        if (options.Ssl) tls?.Use(options);
        var where = string.Join(", ", options.EndPoints.Select(e => e.ToString()!.Replace("Unspecified/", "", StringComparison.Ordinal)));
        ConnectionMultiplexer? redis = null;
        try
        {
            redis = await ConnectionMultiplexer.ConnectAsync(options);
            await new ClusterMarks(cluster, token, tls).Check(redis.GetDatabase(), where, isSilo);
            return redis;
        }
        catch (Exception fault) when (fault is RedisConnectionException or RedisServerException or RedisTimeoutException or TimeoutException)
        {
            redis?.Dispose();
            throw await RedisPassword.IsRefused(options)
                ? new UserErrorException($"Redis at {where} refuses the password; set PAIRUNI_REDIS_PASSWORD to the one that it was started with.", fault)
                : new UserErrorException($"Redis cannot be reached at {where}; start redis-server there, or give the right --redis host:port.", fault);
        }
        catch (UserErrorException)
        {
            redis?.Dispose();
            throw;
        }
    }

    /// <summary>As <see cref="Open"/>, for somebody who only wants to know whether it may.</summary>
    public static async Task Look(ConfigurationOptions options, string cluster, ClusterToken? token, ClusterTls? tls)
    {
        using var redis = await Open(options, cluster, token, tls);
        // Before Dispose, which would wait on the very thread that hears the server's good-bye.
        await redis.CloseAsync(allowCommandsToComplete: false);
    }
}
