using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using Orleans;
using Orleans.Configuration;
using Orleans.Hosting;
using Orleans.Serialization;
using PairUni.Contracts;
using StackExchange.Redis;

namespace PairUni.Client;

/// <summary>A client of a cluster: what commands ask and tell it through.</summary>
public sealed class ClusterConnection : IAsyncDisposable
{
    private static readonly TimeSpan ConnectLimit = TimeSpan.FromSeconds(20);
    private readonly IHost _host;

    private ClusterConnection(IHost host) => _host = host;

    public IGrainFactory Grains => _host.Services.GetRequiredService<IClusterClient>();

    public IRunsGrain Register => Grains.GetGrain<IRunsGrain>(RunsKey.Only);

    /// <summary>Connects through any silo that is there.</summary>
    /// <exception cref="UserErrorException">Redis refuses, token or TLS are not the cluster's, or no silo is there.</exception>
    public static async Task<ClusterConnection> Open(
        ConfigurationOptions redis, string cluster, ClusterToken? token, ClusterTls? tls, TimeProvider time, CancellationToken cancellationToken)
    {
        await RedisDoor.Look(redis, cluster, token, tls);
        var encryption = tls is null ? null : new TlsHandshake(tls, NullLogger.Instance, time);
        var builder = Host.CreateEmptyApplicationBuilder(new() { ApplicationName = "pairuni" });
        builder.Logging.SetMinimumLevel(LogLevel.None);
        builder.Services.AddSingleton(time);
        builder.Services.AddSerializer(serializer => serializer.AddMessagePackSerializer());
        builder.UseOrleansClient(client =>
        {
            client.UseRedisClustering(options => options.ConfigurationOptions = redis);
            // The token is shown inside of TLS, so this comes first.
            if (encryption is not null) client.Configure<ClientConnectionOptions>(options => options.ConfigureConnection(encryption.UseAsCaller));
            if (token is not null)
            {
                var handshake = new TokenHandshake(token, NullLogger.Instance, time);
                client.Configure<ClientConnectionOptions>(options => options.ConfigureConnection(handshake.UseAsCaller));
            }

            client.Configure<ClusterOptions>(options => (options.ClusterId, options.ServiceId) = (cluster, RedisDoor.Prefix(cluster)));
        });
        var host = builder.Build();
        using var limit = new CancellationTokenSource(ConnectLimit, time);
        using var both = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, limit.Token);
        try
        {
            await host.StartAsync(both.Token);
            return new(host);
        }
        catch (Exception fault) when (!cancellationToken.IsCancellationRequested)
        {
            host.Dispose();
            if (encryption?.LastRefusal is { } refusal) throw new UserErrorException($"No silo of the cluster '{cluster}' lets this process in: {refusal.TrimEnd('.')}.", fault);
            throw new UserErrorException($"No silo of the cluster '{cluster}' can be reached; start one with: pairuni silo --roles rollout,reward,learner --redis HOST:PORT.", fault);
        }
    }

    public async ValueTask DisposeAsync()
    {
        await _host.StopAsync();
        if (_host is IAsyncDisposable host) await host.DisposeAsync();
        else _host.Dispose();
    }
}
