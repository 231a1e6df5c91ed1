using System.Net;
using System.Net.Sockets;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Orleans;
using Orleans.Hosting;
using Orleans.Serialization;

namespace PairUni.Compat.Orleans;

/// <summary>A silo in this process, on ports of its own.</summary>
internal sealed class TestSilo : IAsyncDisposable
{
    private readonly IHost _host;

    private TestSilo(IHost host, IPEndPoint endpoint, Probe probe)
    {
        _host = host;
        Endpoint = endpoint;
        Probe = probe;
    }

    public Probe Probe { get; }

    public IPEndPoint Endpoint { get; }

    public IServiceProvider Services => _host.Services;

    public IGrainFactory Grains => _host.Services.GetRequiredService<IGrainFactory>();

    public IHost Host => _host;

    /// <summary>A second silo in the cluster of this one.</summary>
    public Task<TestSilo> Join(Action<ISiloBuilder>? configure = null) => Start(configure, Endpoint, Probe);

    /// <summary>A silo with memory storage and the MessagePack serializer, founding a cluster unless <paramref name="primary"/> is given.</summary>
    public static async Task<TestSilo> Start(Action<ISiloBuilder>? configure = null, IPEndPoint? primary = null, Probe? probe = null)
    {
        probe ??= new Probe();
        var ports = FreePorts();
        var endpoint = new IPEndPoint(IPAddress.Loopback, ports.Silo);
        var builder = Microsoft.Extensions.Hosting.Host.CreateApplicationBuilder(new HostApplicationBuilderSettings { DisableDefaults = true });
        builder.UseOrleans(silo =>
        {
            silo.UseLocalhostClustering(ports.Silo, ports.Gateway, primary ?? endpoint, "tests", "tests");
            silo.Services.AddSerializer(serializer => serializer.AddMessagePackSerializer());
            silo.ConfigureLogging(logging => logging.SetMinimumLevel(LogLevel.Warning));
            silo.AddMemoryGrainStorageAsDefault();
            silo.Services.AddSingleton(probe);
            configure?.Invoke(silo);
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

        return new TestSilo(host, endpoint, probe);
    }

    public async Task Stop() => await _host.StopAsync();

    public async ValueTask DisposeAsync()
    {
        await _host.StopAsync();
        _host.Dispose();
    }

    private static (int Silo, int Gateway) FreePorts()
    {
        using var first = new TcpListener(IPAddress.Loopback, 0);
        using var second = new TcpListener(IPAddress.Loopback, 0);
        first.Start();
        second.Start();
        return (((IPEndPoint)first.LocalEndpoint).Port, ((IPEndPoint)second.LocalEndpoint).Port);
    }
}
