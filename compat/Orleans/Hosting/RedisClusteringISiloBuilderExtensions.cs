using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Orleans.Clustering;
using Orleans.Clustering.Redis;
using Orleans.Hosting;
using Orleans.Silos;
using StackExchange.Redis;

namespace Microsoft.Extensions.Hosting;

/// <summary>Clusters of several processes that find each other in Redis.</summary>
public static class RedisClusteringISiloBuilderExtensions
{
    /// <summary>The silo joins the cluster in that Redis.</summary>
    public static ISiloBuilder UseRedisClustering(this ISiloBuilder builder, Action<RedisClusteringOptions> configuration)
    {
        builder.Services.Configure(configuration);
        builder.Services.TryAddSingleton<RedisLink>();
        builder.Services.TryAddSingleton<IClusterJoin, RemoteJoin>();
        builder.Services.TryAddSingleton<ClusteringChosen>();
        return builder;
    }

    /// <summary>The silo joins the cluster in that Redis.</summary>
    public static ISiloBuilder UseRedisClustering(this ISiloBuilder builder, string redisConnectionString) =>
        builder.UseRedisClustering(options => options.ConfigurationOptions = ConfigurationOptions.Parse(redisConnectionString));
}
