using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace Orleans.Serialization;

/// <summary>Adds what carries messages.</summary>
public static class ServiceCollectionExtensions
{
    /// <summary>Adds it and lets <paramref name="configure"/> extend it. May be called several times.</summary>
    public static IServiceCollection AddSerializer(this IServiceCollection services, Action<ISerializerBuilder>? configure = null)
    {
        services.AddOptions<MessagePackCodecOptions>();
        services.TryAddSingleton<MessagePackTypes>();
        services.TryAddSingleton<DeepCopier>();
        configure?.Invoke(new Builder(services));
        return services;
    }

    private sealed class Builder(IServiceCollection services) : ISerializerBuilder
    {
        public IServiceCollection Services => services;
    }
}
