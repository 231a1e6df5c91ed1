using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Orleans.Clients;
using Orleans.Clustering;
using Orleans.Clustering.Redis;
using Orleans.Hosting;
using StackExchange.Redis;

namespace Microsoft.Extensions.Hosting;

/// <summary>Clients that find the gateways of a cluster in Redis.</summary>
public static class RedisClusteringIClientBuilderExtensions
{
    /// <summary>The client finds gateways in that Redis.</summary>
    public static IClientBuilder UseRedisClustering(this IClientBuilder builder, Action<RedisClusteringOptions> configuration)
    {
        builder.Services.Configure(configuration);
        builder.Services.TryAddSingleton<RedisLink>();
        builder.Services.TryAddSingleton<IClusterJoin, ClientJoin>();
        return builder;
    }

    /// <summary>The client finds gateways in that Redis.</summary>
    public static IClientBuilder UseRedisClustering(this IClientBuilder builder, string redisConnectionString) =>
        builder.UseRedisClustering(options => options.ConfigurationOptions = ConfigurationOptions.Parse(redisConnectionString));
}
