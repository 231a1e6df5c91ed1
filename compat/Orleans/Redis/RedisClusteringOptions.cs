using System.Globalization;
using Orleans.Configuration;
using StackExchange.Redis;

namespace Orleans.Clustering.Redis;

/// <summary>The Redis server in which silos find each other.</summary>
public class RedisClusteringOptions
{
    /// <summary>Server, password and so on.</summary>
    public ConfigurationOptions? ConfigurationOptions { get; set; }

    /// <summary>Makes the connection; the second value says whether the cluster owns it and closes it.</summary>
    public Func<RedisClusteringOptions, Task<(IConnectionMultiplexer, bool)>> CreateMultiplexer { get; set; } = DefaultCreateMultiplexer;

    /// <summary>The key of the membership table.</summary>
    public Func<ClusterOptions, RedisKey> CreateRedisKey { get; set; } = DefaultCreateRedisKey;

    /// <summary>How long the table outlives the last change; null: for ever.</summary>
    public TimeSpan? EntryExpiry { get; set; }

    /// <summary>A connection of the cluster's own.</summary>
    public static async Task<(IConnectionMultiplexer, bool)> DefaultCreateMultiplexer(RedisClusteringOptions options) =>
        (await ConnectionMultiplexer.ConnectAsync(options.ConfigurationOptions!), true);

    /// <summary><c>service/members/cluster</c>.</summary>
    public static RedisKey DefaultCreateRedisKey(ClusterOptions clusterOptions) =>
        string.Create(CultureInfo.InvariantCulture, $"{clusterOptions.ServiceId}/members/{clusterOptions.ClusterId}");
}
