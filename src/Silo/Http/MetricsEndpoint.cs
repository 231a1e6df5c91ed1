using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace PairUni.Silo;

/// <summary>
/// Figures as Prometheus text. How the runs stand is asked for at each reading, with two seconds to answer; without an answer those
/// figures are left out, so that whoever scales on them sees a fault and not a zero.
/// </summary>
public sealed class MetricsEndpoint(SiloInstruments instruments, PrometheusText text, IEnumerable<IRunFigures> runs, TimeProvider time)
    : ISiloEndpoints
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(2);

    public void Map(IEndpointRouteBuilder routes) => routes.MapGet(HttpPaths.Metrics, async context =>
    {
        await AskRuns(context.RequestAborted);
        context.Response.ContentType = PrometheusText.ContentType;
        await context.Response.WriteAsync(text.Write(), context.RequestAborted);
    });

    private async Task AskRuns(CancellationToken cancellationToken)
    {
        if (runs.FirstOrDefault() is not { } figures) return;
        using var limit = new CancellationTokenSource(Limit, time);
        using var both = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, limit.Token);
        try
        {
            instruments.RunsStand(await figures.Read(both.Token).WaitAsync(both.Token));
        }
        catch (Exception) when (!cancellationToken.IsCancellationRequested)
        {
            // A figure that cannot be had must not take the others with it.
            instruments.RunsStand(null);
        }
    }
}
