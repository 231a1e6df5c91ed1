using System.Net;
using System.Net.Sockets;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Orleans;
using Orleans.Configuration;
using Orleans.Hosting;
using Orleans.Runtime;

namespace PairUni.Cli.Bench.Actors;

/// <summary>One silo of the bench, on free loopback ports, in the cluster whose table is in the given Redis.</summary>
internal static class ActorsBenchSilo
{
    private static readonly TimeSpan Limit = TimeSpan.FromMinutes(2);

    /// <param name="probe">Seconds between probes; 0 for the engine's default.</param>
    public static async Task<IHost> Start(string redis, ActorsBenchRole role, double probe)
    {
        var builder = Host.CreateEmptyApplicationBuilder(new() { ApplicationName = "pairuni" });
        builder.UseOrleans(silo =>
        {
            silo.UseRedisClustering(redis);
            silo.ConfigureEndpoints(IPAddress.Loopback, FreePort(), FreePort());
            silo.Configure<ClusterOptions>(options => options.ClusterId = options.ServiceId = "bench");
            silo.Configure<SiloOptions>(options => options.SiloName = role.ToString());
            silo.Configure<GrainTypeOptions>(options =>
            {
                options.Classes.RemoveWhere(type => type.Assembly == typeof(ActorsBenchGrain).Assembly);
                if (role == ActorsBenchRole.Host) options.Classes.Add(typeof(ActorsBenchGrain));
            });
            if (probe > 0) silo.Configure<ClusterMembershipOptions>(options => options.ProbeTimeout = TimeSpan.FromSeconds(probe));
        });
        var host = builder.Build();
        await host.StartAsync();
        return host;
    }

    /// <summary>Waits until the silo that hosts the grains is declared dead; seconds since <paramref name="start"/>.</summary>
    public static async Task<double> UntilDead(IGrainFactory grains, TimeProvider time, long start)
    {
        var management = grains.GetGrain<IManagementGrain>(0);
        while ((await management.GetHosts(onlyActive: true)).Count > 1)
        {
            if (time.GetElapsedTime(start) > Limit) throw new TimeoutException($"the killed silo was not declared dead within {Limit.TotalMinutes} minutes");
            await Task.Delay(TimeSpan.FromMilliseconds(10), time);
        }

        return time.GetElapsedTime(start).TotalSeconds;
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
