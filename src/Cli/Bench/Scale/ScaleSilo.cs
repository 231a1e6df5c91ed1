using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Orleans.Serialization;
using PairUni.Client;
using PairUni.Grains;
using PairUni.Silo;

namespace PairUni.Cli.Bench.Scale;

/// <summary>A silo of the bench: a cluster's, but for what the grains work with.</summary>
internal static class ScaleSilo
{
    public static async Task<IHost> Start(SiloSettings settings, IRunServices services, TimeProvider time)
    {
        var builder = Host.CreateEmptyApplicationBuilder(new() { ApplicationName = "pairuni" });
        builder.Services.AddSingleton(time);
        builder.Services.AddSingleton(services);
        builder.Services.AddSerializer(serializer => serializer.AddMessagePackSerializer());
        builder.UseOrleans(silo => ClusterSilo.Configure(silo, settings, SiloAddresses.Of(settings)));
        var host = builder.Build();
        await host.StartAsync();
        return host;
    }

    public static SiloSettings Settings(string redis, string name, SiloRole roles) =>
        new() { Cluster = "bench", Name = name, Roles = roles, Redis = RedisDoor.Options(redis, null) };
}
