using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Orleans.Activations;
using Orleans.Membership;
using Orleans.Networking;
using Orleans.Runtime;
using Orleans.Serialization;
using Orleans.Silos;
using Orleans.Timers;

namespace Orleans.Hosting;

/// <summary>What silos and clients have in common.</summary>
internal static class RuntimeServices
{
    public static void Add(IServiceCollection services, bool isClient)
    {
        services.AddLogging();
        services.AddOptions();
        services.TryAddSingleton(TimeProvider.System);
        foreach (var purpose in new[] { TimeProviderNames.Grains, TimeProviderNames.Messaging, TimeProviderNames.ActivationManagement })
        {
            services.TryAddKeyedSingleton(purpose, (provider, _) => provider.GetRequiredService<TimeProvider>());
        }

        services.AddSerializer();
        services.AddSingleton(new RuntimeKind(isClient));
        services.AddSingleton<SiloLog>();
        services.AddSingleton<NetworkLog>();
        services.AddSingleton<MembershipLog>();
        services.AddSingleton<Network>();
        services.TryAddSingleton<IFatalError, ProcessEnd>();
        services.AddSingleton<SiloRuntime>();
        services.AddSingleton<IGrainRuntime>(provider => provider.GetRequiredService<SiloRuntime>());
        services.AddSingleton(provider => (IClusterClient)provider.GetRequiredService<SiloRuntime>().GrainFactory);
        services.AddSingleton<IGrainFactory>(provider => provider.GetRequiredService<IClusterClient>());
        services.AddSingleton<IClusterMembershipService, ClusterMembershipService>();
        services.AddSingleton<ITimerRegistry, TimerRegistry>();
        services.AddSingleton<IGrainContextAccessor, GrainContextAccessor>();
    }
}
