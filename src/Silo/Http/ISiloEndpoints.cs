using Microsoft.AspNetCore.Routing;

namespace PairUni.Silo;

/// <summary>Adds routes to the silo's HTTP port. Registered in the silo's services; made there, so it may ask for any of them.</summary>
public interface ISiloEndpoints
{
    /// <summary>Maps the routes; called once, before the port opens.</summary>
    void Map(IEndpointRouteBuilder routes);
}
