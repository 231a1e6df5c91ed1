using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace PairUni.Silo;

/// <summary>Registers a silo's HTTP port.</summary>
public static class SiloHttpServices
{
    /// <summary>
    /// Adds the port with its probes and metrics. Call it before UseOrleans: hosted services start in the order in which they are added and stop in
    /// the reverse one, and the port outlives the silo on both sides.
    /// </summary>
    public static IServiceCollection AddSiloHttp(this IServiceCollection services, SiloHttpOptions options)
    {
        services.AddSingleton(options);
        services.AddSingleton(provider => new SiloHealth(provider.GetServices<IReadinessCheck>, provider.GetRequiredService<TimeProvider>()));
        services.AddSingleton<SiloHttp>();
        services.AddSingleton<IHostedService>(provider => provider.GetRequiredService<SiloHttp>());
        services.AddMetrics();
        services.AddSingleton<SiloInstruments>();
        services.AddSingleton<PrometheusText>();
        return services.AddSiloEndpoints<HealthEndpoints>().AddSiloEndpoints<MetricsEndpoint>();
    }

    /// <summary>Adds routes to the port.</summary>
    public static IServiceCollection AddSiloEndpoints<T>(this IServiceCollection services)
        where T : class, ISiloEndpoints => services.AddSingleton<ISiloEndpoints, T>();

    /// <summary>Adds something that must hold before the silo takes work.</summary>
    public static IServiceCollection AddReadinessCheck<T>(this IServiceCollection services)
        where T : class, IReadinessCheck => services.AddSingleton<IReadinessCheck, T>();
}
