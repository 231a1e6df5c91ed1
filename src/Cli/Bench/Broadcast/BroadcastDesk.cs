using MessagePack;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Routing;
using PairUni.Contracts;
using PairUni.Grains;
using PairUni.Silo;

namespace PairUni.Cli.Bench;

/// <summary>
/// The policy grain of the measurement, reached over the learner's HTTP port instead of a silo's: the same tracker, one call for each
/// claim, so that what is measured needs no cluster beside it.
/// </summary>
internal sealed class BroadcastDesk(TimeProvider time) : ISiloEndpoints, IPolicyGrain
{
    private readonly Lock _lock = new();
    private WeightManifest? _manifest;
    private PieceTracker? _tracker;

    /// <summary>Claims answered.</summary>
    public int Claims { get; private set; }

    public void Map(IEndpointRouteBuilder routes)
    {
        routes.MapGet("/bench/manifest", context => context.Response.Body.WriteAsync(MessagePackSerializer.Serialize(_manifest)).AsTask()).RequireClusterToken();
        routes.MapPost("/bench/claim", async context =>
        {
            var body = new MemoryStream();
            await context.Request.Body.CopyToAsync(body, context.RequestAborted);
            var answer = await Claim(MessagePackSerializer.Deserialize<ClaimPieces>(body.ToArray()), context.RequestAborted);
            await context.Response.Body.WriteAsync(MessagePackSerializer.Serialize(answer), context.RequestAborted);
        }).RequireClusterToken();
    }

    public Task Publish(PolicyPublished published, CancellationToken cancellationToken)
    {
        lock (_lock) (_manifest, _tracker) = (published.Manifest, new(published.Manifest, time));
        return Task.CompletedTask;
    }

    public Task<PolicyPublished?> Current(CancellationToken cancellationToken) =>
        Task.FromResult(_manifest is { } manifest ? new PolicyPublished { Version = manifest.Version, Manifest = manifest } : null);

    public Task<WeightManifest?> Manifest(int version, CancellationToken cancellationToken) =>
        Task.FromResult(_manifest?.Version == version ? _manifest : null);

    public Task<PiecesClaimed> Claim(ClaimPieces claim, CancellationToken cancellationToken)
    {
        lock (_lock)
        {
            Claims++;
            var known = _manifest?.Version == claim.Version && _manifest.Digest == claim.Digest;
            return Task.FromResult(new PiecesClaimed { Known = known, Grants = known ? _tracker!.Claim(claim) : [] });
        }
    }
}
