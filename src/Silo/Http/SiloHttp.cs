using System.Net;
using System.Net.Sockets;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.AspNetCore.Server.Kestrel.Https;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using PairUni.Contracts;

namespace PairUni.Silo;

/// <summary>
/// The HTTP port of a silo: probes, metrics and what other parts map; with TLS a second one for what only members may have. It opens before the silo joins and closes after it has left,
/// so that the probes tell of both and peers fetch weights until the end.
/// </summary>
/// <param name="options">Where it listens.</param>
/// <param name="endpoints">What it answers.</param>
/// <param name="health">Told when the host has started and when it stops.</param>
/// <param name="lifetime">The silo's host.</param>
/// <param name="logs">The silo's logs.</param>
public sealed class SiloHttp(
    SiloHttpOptions options, IEnumerable<ISiloEndpoints> endpoints, SiloHealth health, IHostApplicationLifetime lifetime, ILoggerFactory logs)
    : IHostedService, IAsyncDisposable
{
    private const int MaxRequestBytes = 64 * 1024;
    private const int MaxConnections = 1024;
    private static readonly TimeSpan HeadersLimit = TimeSpan.FromSeconds(10);
    private WebApplication? _app;

    /// <summary>Where it listens; null until started.</summary>
    public IPEndPoint? Endpoint { get; private set; }

    /// <summary>Its address as others write it; null until started.</summary>
    public Uri? Uri => Endpoint is { } at ? Public("http", at.Port) : null;

    /// <summary>Where others get weights: under TLS if the cluster uses it; null until started.</summary>
    public Uri? WeightsUri { get; private set; }

    /// <exception cref="UserErrorException">The port is taken or the address is none of this machine's.</exception>
    public async Task StartAsync(CancellationToken cancellationToken)
    {
        _app = Build();
        foreach (var part in endpoints) part.Map(_app);
        try
        {
            await _app.StartAsync(cancellationToken);
        }
        catch (Exception fault) when (fault is IOException or SocketException)
        {
            throw new UserErrorException(
                $"the silo's HTTP port cannot listen on {options.Address}:{options.Port}{(options.Tls is null ? "" : $" and {options.WeightsPort}")} ({fault.Message.TrimEnd('.')}); free that port or choose another");
        }

        var bound = _app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.Select(a => new Uri(a)).ToDictionary(u => u.Scheme, u => u.Port);
        Endpoint = new(options.Address, bound["http"]);
        WeightsUri = options.Tls is null ? Uri : Public("https", bound["https"]);
        lifetime.ApplicationStarted.Register(health.Started);
        lifetime.ApplicationStopping.Register(health.Draining);
    }

    public Task StopAsync(CancellationToken cancellationToken) => _app?.StopAsync(cancellationToken) ?? Task.CompletedTask;

    public ValueTask DisposeAsync() => _app?.DisposeAsync() ?? ValueTask.CompletedTask;

    private WebApplication Build()
    {
        var builder = WebApplication.CreateEmptyBuilder(new() { ApplicationName = "pairuni" });
        builder.WebHost.UseKestrelCore().ConfigureKestrel(kestrel =>
        {
            kestrel.AddServerHeader = false;
            kestrel.Limits.MaxRequestBodySize = MaxRequestBytes;
            kestrel.Limits.MaxConcurrentConnections = MaxConnections;
            kestrel.Limits.RequestHeadersTimeout = HeadersLimit;
            kestrel.Listen(options.Address, options.Port, listen => listen.Protocols = HttpProtocols.Http1);
            if (options.Tls is { } tls) kestrel.Listen(options.Address, options.WeightsPort, listen => Encrypt(listen, tls));
        });
        builder.Services.AddRoutingCore();
        builder.Services.AddSingleton(options);
        builder.Services.AddSingleton(logs);
        builder.Services.AddSingleton(typeof(ILogger<>), typeof(Logger<>));
        return builder.Build();
    }

    private Uri Public(string scheme, int port) => new UriBuilder(scheme, options.PublicHost is { Length: > 0 } host ? host : options.Address.ToString(), port).Uri;

    private static void Encrypt(ListenOptions listen, ClusterTls tls)
    {
        listen.Protocols = HttpProtocols.Http1;
        listen.UseHttps(new HttpsConnectionAdapterOptions
        {
            ServerCertificate = tls.Certificate,
            ServerCertificateChain = tls.Between,
            ClientCertificateMode = ClientCertificateMode.RequireCertificate,
            ClientCertificateValidation = (shown, chain, _) => tls.Objection(shown, chain?.ChainPolicy.ExtraStore) is null,
        });
    }
}
