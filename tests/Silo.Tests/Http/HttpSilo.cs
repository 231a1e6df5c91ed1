using System.Net;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace PairUni.Silo.Tests;

/// <summary>A host with the HTTP port and nothing else of a silo; joining waits until the test lets it.</summary>
internal sealed class HttpSilo : IAsyncDisposable
{
    private readonly TaskCompletionSource _join = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly HttpClient _client = new();
    private readonly IHost _host;
    private Task? _start;

    public HttpSilo(SiloHttpOptions options, Action<IServiceCollection>? more = null, TimeProvider? time = null)
    {
        var builder = Host.CreateEmptyApplicationBuilder(new());
        builder.Services.AddSingleton(time ?? TimeProvider.System);
        builder.Services.AddSiloHttp(options);
        builder.Services.AddSingleton<IHostedService>(new Joining(_join.Task));
        more?.Invoke(builder.Services);
        _host = builder.Build();
    }

    public SiloHealth Health => _host.Services.GetRequiredService<SiloHealth>();

    public SiloHttp Http => _host.Services.GetRequiredService<SiloHttp>();

    /// <summary>Starts the host up to where it joins.</summary>
    public async Task Start()
    {
        _start = _host.StartAsync();
        if (_start.IsFaulted) await _start;
        while (Http.Endpoint is null && !_start.IsCompleted) await Task.Yield();
        if (Http.Endpoint is null) await _start;
    }

    public async Task Join()
    {
        _join.TrySetResult();
        await _start!;
    }

    public async Task<(HttpStatusCode Status, string Text)> Get(string path, string? authorization = null)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, new Uri(Http.Uri!, path));
        if (authorization is not null) request.Headers.TryAddWithoutValidation("Authorization", authorization);
        using var response = await _client.SendAsync(request);
        return (response.StatusCode, (await response.Content.ReadAsStringAsync()).TrimEnd());
    }

    public async ValueTask DisposeAsync()
    {
        _join.TrySetResult();
        if (_start is { IsFaulted: false }) await _start;
        await _host.StopAsync();
        await ((IAsyncDisposable)_host).DisposeAsync();
        _client.Dispose();
    }

    private sealed class Joining(Task joined) : IHostedService
    {
        public Task StartAsync(CancellationToken cancellationToken) => joined;

        public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
    }
}
