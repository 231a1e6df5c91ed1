using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using Orleans.Persistence;
using Orleans.Providers;
using Orleans.Runtime.Hosting;

namespace Orleans.Hosting;

/// <summary>Adds storage in Redis.</summary>
public static class RedisSiloBuilderExtensions
{
    /// <summary>Adds it as the storage of states that name none.</summary>
    public static ISiloBuilder AddRedisGrainStorageAsDefault(this ISiloBuilder builder, Action<RedisStorageOptions> configureOptions) =>
        builder.AddRedisGrainStorage(ProviderConstants.DEFAULT_STORAGE_PROVIDER_NAME, configureOptions);

    /// <summary>Adds it under a name.</summary>
    public static ISiloBuilder AddRedisGrainStorage(this ISiloBuilder builder, string name, Action<RedisStorageOptions> configureOptions)
    {
        builder.Services.AddOptions<RedisStorageOptions>(name).Configure(configureOptions);
        builder.Services.AddGrainStorage(name, static (services, key) => ActivatorUtilities.CreateInstance<RedisStorage>(
            services, key, services.GetRequiredService<IOptionsMonitor<RedisStorageOptions>>().Get(key)));
        return builder;
    }
}
