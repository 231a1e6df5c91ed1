using System.Net;
using System.Net.Sockets;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Orleans;
using Orleans.Configuration;
using Orleans.Hosting;
using Orleans.Runtime;
using Orleans.Serialization;

namespace PairUni.Compat.Orleans;

/// <summary>A silo that shares nothing with the others of its test but Redis and sockets.</summary>
internal sealed class RemoteSilo : IAsyncDisposable
{
    private readonly IHost _host;

    private RemoteSilo(IHost host, Probe probe)
    {
        _host = host;
        Probe = probe;
        Address = host.Services.GetRequiredService<ILocalSiloDetails>().SiloAddress;
    }

    public Probe Probe { get; }

    public IServiceProvider Services => _host.Services;

    public IGrainFactory Grains => _host.Services.GetRequiredService<IGrainFactory>();

    public SiloAddress Address { get; }

    public static async Task<RemoteSilo> Start(
        string redis, string name, Action<ISiloBuilder>? configure = null, Type[]? classes = null, Probe? probe = null, (int Silo, int Gateway)? ports = null, bool storage = true)
    {
        probe ??= new Probe();
        var (silo, gateway) = ports ?? FreePorts();
        var builder = Host.CreateApplicationBuilder(new HostApplicationBuilderSettings { DisableDefaults = true });
        builder.UseOrleans(one =>
        {
            one.UseRedisClustering(redis);
            one.ConfigureEndpoints(IPAddress.Loopback, silo, gateway);
            one.Configure<ClusterOptions>(options => options.ClusterId = options.ServiceId = "tests");
            one.Configure<SiloOptions>(options => options.SiloName = name);
            one.Services.AddSerializer(serializer => serializer.AddMessagePackSerializer());
            one.ConfigureLogging(logging => logging.SetMinimumLevel(LogLevel.Warning));
            if (storage)
            {
                one.AddRedisGrainStorageAsDefault(options => options.ConfigurationOptions = StackExchange.Redis.ConfigurationOptions.Parse(redis));
            }

            one.Services.AddSingleton(probe);
            if (classes is not null)
            {
                one.Configure<GrainTypeOptions>(options =>
                {
                    options.Classes.Clear();
                    options.Classes.UnionWith(classes);
                });
            }

            configure?.Invoke(one);
        });
        var host = builder.Build();
        try
        {
            await host.StartAsync();
        }
        catch
        {
            host.Dispose();
            throw;
        }

        return new RemoteSilo(host, probe);
    }

    /// <summary>Whether this silo knows by now that that one is active.</summary>
    public async Task<bool> Sees(SiloAddress silo) =>
        (await Grains.GetGrain<IManagementGrain>(0).GetHosts(onlyActive: true)).ContainsKey(silo);

    public Task Stop() => _host.StopAsync();

    public async ValueTask DisposeAsync()
    {
        await _host.StopAsync();
        _host.Dispose();
    }

    public static (int Silo, int Gateway) FreePorts()
    {
        using var first = new TcpListener(IPAddress.Loopback, 0);
        using var second = new TcpListener(IPAddress.Loopback, 0);
        first.Start();
        second.Start();
        return (((IPEndPoint)first.LocalEndpoint).Port, ((IPEndPoint)second.LocalEndpoint).Port);
    }
}
