using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using PairUni.Client;
using PairUni.Silo;

namespace PairUni.Cli.Bench;

/// <summary>A process's part in sharing weights, with its HTTP port and without a silo.</summary>
internal sealed class WeightHost : IAsyncDisposable
{
    private readonly IHost _host;

    private WeightHost(ClusterToken token, TimeProvider time, ISiloEndpoints? more)
    {
        var builder = Host.CreateEmptyApplicationBuilder(new() { ApplicationName = "pairuni" });
        builder.Services.AddSingleton(time);
        builder.Services.AddSiloHttp(new() { Token = token });
        builder.Services.AddWeightSharing();
        if (more is not null) builder.Services.AddSingleton(more);
        _host = builder.Build();
    }

    public WeightSharing Sharing => _host.Services.GetRequiredService<WeightSharing>();

    public Uri Address => _host.Services.GetRequiredService<SiloHttp>().Uri!;

    public static async Task<WeightHost> Start(ClusterToken token, TimeProvider time, ISiloEndpoints? more = null)
    {
        var host = new WeightHost(token, time, more);
        await host._host.StartAsync();
        return host;
    }

    public async ValueTask DisposeAsync()
    {
        await _host.StopAsync();
        await ((IAsyncDisposable)_host).DisposeAsync();
    }
}
