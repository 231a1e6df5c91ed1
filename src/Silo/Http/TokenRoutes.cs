using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;

namespace PairUni.Silo;

/// <summary>
/// Asks callers of a route for the cluster token: <c>Authorization: Bearer TOKEN</c>, compared in constant time. With TLS they must come over it,
/// where each has shown a certificate.
/// </summary>
public static class TokenRoutes
{
    private const string Scheme = "Bearer ";

    /// <summary>Lets nobody in who does not show the cluster's token; everybody where the silo has none.</summary>
    public static TBuilder RequireClusterToken<TBuilder>(this TBuilder route)
        where TBuilder : IEndpointConventionBuilder
    {
        route.Add(endpoint =>
        {
            var serve = endpoint.RequestDelegate ?? throw new InvalidOperationException($"{endpoint.DisplayName} has nothing to guard");
            endpoint.RequestDelegate = context => !IsPrivate(context) ? RefusePlain(context) : Lets(context) ? serve(context) : Refuse(context);
        });
        return route;
    }

    /// <summary>Value of the Authorization header that shows a token.</summary>
    public static string Header(ClusterToken token) => Scheme + token.Secret;

    private static bool Lets(HttpContext context)
    {
        if (context.RequestServices.GetRequiredService<SiloHttpOptions>().Token is not { } token) return true;
        var shown = context.Request.Headers.Authorization.ToString();
        return shown.StartsWith(Scheme, StringComparison.Ordinal) && token.Matches(shown[Scheme.Length..]);
    }

    private static bool IsPrivate(HttpContext context) => context.Request.IsHttps || context.RequestServices.GetRequiredService<SiloHttpOptions>().Tls is null;

    private static Task RefusePlain(HttpContext context)
    {
        context.Response.StatusCode = StatusCodes.Status403Forbidden;
        return context.Response.WriteAsync("this needs TLS; ask at the weights port\n", context.RequestAborted);
    }

    private static Task Refuse(HttpContext context)
    {
        context.Response.StatusCode = StatusCodes.Status401Unauthorized;
        context.Response.Headers.WWWAuthenticate = "Bearer";
        return context.Response.WriteAsync("this needs the cluster token\n", context.RequestAborted);
    }
}
