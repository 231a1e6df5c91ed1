using PairUni.Contracts;
using StackExchange.Redis;

namespace PairUni.Client;

/// <summary>The way into a cluster's Redis: connects, says plainly what is wrong, and sees to it that both sides speak one protocol and mean the same token and TLS.</summary>
public static class RedisDoor
{
    private const int ConnectMilliseconds = 5000;
    private const string NoTls = "none";

    /// <summary>What a cluster's keys begin with.</summary>
    public static string Prefix(string cluster) => $"pairuni/{cluster}";

    /// <summary>The options of a connection that heals by itself.</summary>
    /// <param name="redis">host:port, or a StackExchange.Redis configuration string.</param>
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
        if (!string.IsNullOrEmpty(password)) options.Password = password;
        options.AbortOnConnectFail = false;
        options.ConnectTimeout = ConnectMilliseconds;
        options.ConnectRetry = 3;
        options.SyncTimeout = ConnectMilliseconds;
        options.AllowAdmin = false;
        return options;
    }

    /// <summary>Connects and compares the version of the protocol, the token and the TLS with those that the cluster's first silo left here.</summary>
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
            var database = redis.GetDatabase();
            var version = await Left(database, Prefix(cluster) + "/protocol", Protocol.Version, isSilo);
            if (version != Protocol.Version)
            {
                throw new UserErrorException(
                    $"The cluster '{cluster}' at {where} speaks version {version} of the protocol, this pairuni version {Protocol.Version}; use the build that its silos run, or another --cluster.");
            }

            await CheckToken(database, cluster, token, isSilo);
            await CheckTls(database, cluster, tls, isSilo);
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

    // Only so that the sentence is clear: what keeps strangers out is the handshake of every connection.
    private static async Task CheckToken(IDatabase database, string cluster, ClusterToken? token, bool isSilo)
    {
        var mark = token?.Mark(cluster) ?? "none";
        if (await Left(database, Prefix(cluster) + "/token", mark, isSilo) == mark) return;
        throw new UserErrorException(token is null
            ? $"The cluster '{cluster}' wants a token; name its file in {ClusterToken.FileVariable}."
            : $"The token is not that of the cluster '{cluster}'; give {ClusterToken.FileVariable} the file that its silos have.");
    }

    // Likewise: the handshake of every connection looks at the certificates themselves.
    private static async Task CheckTls(IDatabase database, string cluster, ClusterTls? tls, bool isSilo)
    {
        var key = Prefix(cluster) + "/tls";
        var mine = tls is null ? NoTls : string.Join(' ', tls.Authorities);
        var left = (await Left(database, key, mine, isSilo)).ToString();
        if (left == mine) return;
        if (tls is null) throw new UserErrorException($"The cluster '{cluster}' uses TLS; name certificate, key and CA in {TlsFiles.CertificateVariable}, {TlsFiles.KeyVariable} and {TlsFiles.AuthorityVariable}.");
        if (left == NoTls) throw new UserErrorException($"The cluster '{cluster}' does not use TLS; leave out {TlsFiles.CertificateVariable}, {TlsFiles.KeyVariable} and {TlsFiles.AuthorityVariable}, or start all of its silos with them.");
        if (!tls.Authorities.Intersect(left.Split(' ')).Any()) throw new UserErrorException($"The CA in {TlsFiles.AuthorityVariable} is not that of the cluster '{cluster}'; give the file that its silos have.");
        // One CA takes the place of another: silos that trust both come in between.
        if (isSilo) await database.StringSetAsync(key, mine);
    }

    private static async Task<RedisValue> Left(IDatabase database, RedisKey key, RedisValue mine, bool isSilo)
    {
        if (isSilo) await database.StringSetAsync(key, mine, when: When.NotExists);
        var left = await database.StringGetAsync(key);
        return left.IsNull ? mine : left;
    }
}
