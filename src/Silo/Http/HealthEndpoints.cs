using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace PairUni.Silo;

/// <summary>The three probes: 200 and "ok", or 503 and one sentence that says why. Open to everybody: they tell nothing of the runs.</summary>
public sealed class HealthEndpoints(SiloHealth health) : ISiloEndpoints
{
    public void Map(IEndpointRouteBuilder routes)
    {
        routes.MapGet(HttpPaths.Startup, context => Answer(context, health.StartupObstacle()));
        routes.MapGet(HttpPaths.Ready, async context => await Answer(context, await health.ReadyObstacle(context.RequestAborted)));
        routes.MapGet(HttpPaths.Live, context => Answer(context, health.LiveObstacle()));
    }

    private static Task Answer(HttpContext context, string? obstacle)
    {
        context.Response.StatusCode = obstacle is null ? StatusCodes.Status200OK : StatusCodes.Status503ServiceUnavailable;
        context.Response.ContentType = "text/plain; charset=utf-8";
        return context.Response.WriteAsync((obstacle ?? "ok") + "\n", context.RequestAborted);
    }
}
