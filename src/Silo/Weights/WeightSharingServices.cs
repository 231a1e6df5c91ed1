using Microsoft.Extensions.DependencyInjection;

namespace PairUni.Silo;

/// <summary>Registers what a silo has to do with weights.</summary>
public static class WeightSharingServices
{
    /// <summary>Adds <see cref="WeightSharing"/> and its routes; needs <see cref="SiloHttpServices.AddSiloHttp"/> and a TimeProvider.</summary>
    /// <param name="services">The silo's services.</param>
    /// <param name="publicHost">Host name or address under which other processes reach the HTTP port; where it listens when empty.</param>
    public static IServiceCollection AddWeightSharing(this IServiceCollection services, string publicHost = "")
    {
        services.AddSingleton(provider => new WeightSharing(
            new() { Address = () => Public(provider.GetRequiredService<SiloHttp>(), publicHost), Token = provider.GetRequiredService<SiloHttpOptions>().Token, Tls = provider.GetRequiredService<SiloHttpOptions>().Tls },
            provider.GetRequiredService<TimeProvider>(),
            provider.GetService<SiloInstruments>()));
        return services.AddSiloEndpoints<WeightEndpoints>();
    }

    private static Uri Public(SiloHttp http, string host)
    {
        var address = http.WeightsUri ?? throw new InvalidOperationException("The silo's HTTP port is not open yet; weights are shared once it is.");
        return host.Length == 0 ? address : new UriBuilder(address) { Host = host }.Uri;
    }
}
