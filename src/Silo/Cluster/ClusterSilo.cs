using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Orleans.Configuration;
using Orleans.Hosting;
using Orleans.Runtime;
using Orleans.Serialization;
using PairUni.Contracts;
using PairUni.Grains;
using StackExchange.Redis;

namespace PairUni.Silo;

/// <summary>One process of a cluster: the grains of its roles, its HTTP port, and what follows the register.</summary>
public sealed class ClusterSilo : IAsyncDisposable
{
    private static readonly TimeSpan StopLimit = TimeSpan.FromSeconds(20);
    private readonly IHost _host;
    private readonly IConnectionMultiplexer _redis;
    private readonly SiloMembership _membership;
    private readonly WorkerCrew _crew;
    private readonly TimeProvider _time;

    private ClusterSilo(IHost host, IConnectionMultiplexer redis, TimeProvider time)
    {
        (_host, _redis, _time) = (host, redis, time);
        _membership = host.Services.GetRequiredService<SiloMembership>();
        _crew = host.Services.GetRequiredService<WorkerCrew>();
    }

    /// <summary>Who it is in the cluster.</summary>
    public SiloEntry Entry => _membership.Entry;

    /// <summary>Completes when somebody drained the whole silo.</summary>
    public Task Dismissed => _crew.Dismissed;

    /// <summary>Completes when the process's silo ended by itself, such as because the cluster declared it dead.</summary>
    public Task Ended => Task.Delay(Timeout.Infinite, _host.Services.GetRequiredService<IHostApplicationLifetime>().ApplicationStopping)
        .ContinueWith(_ => { }, TaskScheduler.Default);

    /// <summary>Connects, joins the cluster and begins to work.</summary>
    /// <exception cref="UserErrorException">Redis or the cluster do not want this process; the sentence says why.</exception>
    public static async Task<ClusterSilo> Start(SiloSettings settings, IRunOutputs outputs, TimeProvider time, CancellationToken cancellationToken)
    {
        var redis = await RedisDoor.Open(settings.Redis, settings.Cluster, settings.Token, settings.Tls, isSilo: true);
        var host = Build(settings, redis, outputs, time);
        var silo = new ClusterSilo(host, redis, time);
        try
        {
            await host.StartAsync(cancellationToken);
            await silo._membership.Join(cancellationToken);
            return silo;
        }
        catch (OrleansConfigurationException fault)
        {
            // Another silo of that name, another clock, another protocol: what the engine finds out before this one is a member.
            await silo.DisposeAsync();
            throw new UserErrorException(fault.Message, fault);
        }
        catch (Exception)
        {
            await silo.DisposeAsync();
            throw;
        }
    }

    /// <summary>Finishes or hands back what it holds, within the grace period, and says good-bye.</summary>
    public async Task Leave()
    {
        _host.Services.GetRequiredService<SiloHealth>().Draining();
        await _crew.Drain();
        await _membership.Leave();
    }

    public async ValueTask DisposeAsync()
    {
        using (var limit = new CancellationTokenSource(StopLimit, _time))
        {
            try
            {
                await _host.StopAsync(limit.Token);
            }
            catch (OperationCanceledException)
            {
                // The rest of the cluster notices that it is gone.
            }
        }

        await _host.Services.GetRequiredService<ClusterRunServices>().DisposeAsync();
        await _host.Services.GetRequiredService<WeightSharing>().DisposeAsync();
        if (_host is IAsyncDisposable host) await host.DisposeAsync();
        else _host.Dispose();
        _redis.Dispose();
    }

    private static IHost Build(SiloSettings settings, IConnectionMultiplexer redis, IRunOutputs outputs, TimeProvider time)
    {
        var builder = Host.CreateEmptyApplicationBuilder(new() { ApplicationName = "pairuni" });
        var ports = SiloAddresses.Of(settings);
        builder.Logging.SetMinimumLevel(LogLevel.Warning);
        if (settings.Log is { } log) builder.Logging.AddProvider(new LineLog(log.Write, time));
        // That it failed to start is said by the exception, and once is enough.
        builder.Logging.AddFilter("Microsoft.Extensions.Hosting", LogLevel.None);
        var services = builder.Services;
        services.AddSingleton(time).AddSingleton(settings).AddSingleton(ports).AddSingleton(redis).AddSingleton(outputs);
        services.AddSiloHttp(new() { Address = settings.Listen, Port = settings.HttpPort, WeightsPort = settings.WeightsPort, Token = settings.Token, Tls = settings.Tls });
        services.AddSiloEndpoints<WeightEndpoints>();
        services.AddReadinessCheck<MemberCheck>().AddReadinessCheck<RedisCheck>();
        if (settings.Roles.HasFlag(SiloRole.Learner)) services.AddSingleton<IRunFigures, RegisteredRuns>();
        services.AddSingleton(provider => new WeightSharing(
            new() { Address = () => provider.GetRequiredService<SiloHttp>().WeightsUri!, Token = settings.Token, Tls = settings.Tls }, time, provider.GetRequiredService<SiloInstruments>()));
        services.AddSingleton<RunCatalog>().AddSingleton<RunPlace>().AddSingleton<WorkerCrew>().AddSingleton<SiloMembership>();
        services.AddSingleton<IRunPreparation, RunPreparation>().AddSingleton<ISiloProbe, ConnectingProbe>();
        services.AddSingleton(provider => new ClusterRunServices(
            provider.GetRequiredService<RunCatalog>(), entry => new(entry, provider.GetRequiredService<RunPlace>()), time));
        services.AddSingleton<IRunServices>(provider => provider.GetRequiredService<ClusterRunServices>());
        services.AddSerializer(serializer => serializer.AddMessagePackSerializer());
        builder.UseOrleans(silo => Configure(silo, settings, ports));
        services.AddHostedService(provider => provider.GetRequiredService<SiloMembership>());
        services.AddHostedService<RegisterFollower>();
        services.AddHostedService<MarksKeeper>();
        return builder.Build();
    }

    /// <summary>What makes a silo one of a cluster: Redis, addresses, roles, the handshakes of connections, and how soon the dead are noticed.</summary>
    public static void Configure(ISiloBuilder silo, SiloSettings settings, SiloAddresses ports)
    {
        silo.UseRedisClustering(options => options.ConfigurationOptions = settings.Redis);
        silo.AddRedisGrainStorage(GrainStorage.Name, options => options.ConfigurationOptions = settings.Redis);
        silo.ConfigureEndpoints(ports.Address, ports.Silo, ports.Gateway);
        if (settings.SiloListenPort > 0)
            silo.Configure<EndpointOptions>(options => options.SiloListeningEndpoint = new(settings.Listen, settings.SiloListenPort));
        silo.Configure<ClusterOptions>(options => (options.ClusterId, options.ServiceId) = (settings.Cluster, RedisDoor.Prefix(settings.Cluster)));
        silo.Configure<SiloOptions>(options => options.SiloName = settings.Name);
        silo.Configure<GrainTypeOptions>(options => options.Classes.ExceptWith(SiloRoles.NotHosted(settings.Roles)));
        // The token is shown inside of TLS, so that comes first.
        if (settings.Tls is { } tls)
        {
            silo.Services.AddOptions<SiloConnectionOptions>().Configure<ILoggerFactory, TimeProvider>((options, logs, time) =>
            {
                var handshake = new TlsHandshake(tls, logs.CreateLogger<TlsHandshake>(), time);
                options.ConfigureSiloInboundConnection(handshake.UseAsAnswerer);
                options.ConfigureSiloOutboundConnection(handshake.UseAsCaller);
                options.ConfigureGatewayInboundConnection(handshake.UseAsAnswerer);
            });
        }

        if (settings.Token is { } token)
        {
            silo.Services.AddOptions<SiloConnectionOptions>().Configure<ILoggerFactory, TimeProvider>((options, logs, time) =>
            {
                var handshake = new TokenHandshake(token, logs.CreateLogger<TokenHandshake>(), time);
                options.ConfigureSiloInboundConnection(handshake.UseAsAnswerer);
                options.ConfigureSiloOutboundConnection(handshake.UseAsCaller);
                options.ConfigureGatewayInboundConnection(handshake.UseAsAnswerer);
            });
        }

        if (settings.Tuned) silo.Configure<ClusterMembershipOptions>(FailureDetection.Tune);
    }
}
