using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace PairUni.Silo;

/// <summary>
/// GET /weights/RUN/HASH: a piece of weights that this process holds, straight from its memory. 400 for what is no hash, 404 for a piece
/// that is not here, 503 when too many ask. Names are looked up, never turned into paths. A receiver that stands still loses its connection,
/// so that its piece does not keep others waiting.
/// </summary>
public sealed class WeightEndpoints(WeightSharing sharing) : ISiloEndpoints
{
    private const int SliceBytes = 64 * 1024;

    /// <summary>The path of a piece.</summary>
    public static string Path(string run, string hash) => $"/weights/{Uri.EscapeDataString(run)}/{hash}";

    public void Map(IEndpointRouteBuilder routes) => routes.MapGet("/weights/{run}/{hash}", Send).RequireClusterToken();

    /// <summary>Whether a text is a SHA-256 in lower-case hexadecimal.</summary>
    public static bool IsHash(string text) => text.Length == 64 && text.All(char.IsAsciiHexDigitLower);

    private async Task Send(HttpContext context)
    {
        var (run, hash) = ((string)context.Request.RouteValues["run"]!, (string)context.Request.RouteValues["hash"]!);
        var cancellationToken = context.RequestAborted;
        if (!IsHash(hash))
        {
            await Refuse(context, StatusCodes.Status400BadRequest, "a piece is named by its SHA-256: 64 lower-case hexadecimal digits");
            return;
        }

        if (sharing.Store(run) is not { } store || await store.Get(new() { Hash = hash, Length = 0 }, cancellationToken) is not { } bytes)
        {
            await Refuse(context, StatusCodes.Status404NotFound, "this process does not hold that piece");
            return;
        }

        if (!await sharing.Sends.Enter(cancellationToken))
        {
            await Refuse(context, StatusCodes.Status503ServiceUnavailable, "too many processes fetch from this one; ask another");
            return;
        }

        var sent = 0;
        try
        {
            context.Response.ContentLength = bytes.Length;
            context.Response.ContentType = "application/octet-stream";
            using var limit = new CancellationTokenSource(Timeout.InfiniteTimeSpan, sharing.Time);
            await using var aborted = cancellationToken.Register(limit.Cancel);
            for (var slice = bytes; slice.Length > 0; slice = bytes[sent..])
            {
                slice = slice[..Math.Min(SliceBytes, slice.Length)];
                limit.CancelAfter(sharing.Options.StallLimit);
                await context.Response.Body.WriteAsync(slice, limit.Token);
                sent += slice.Length;
            }
        }
        catch (OperationCanceledException)
        {
            context.Abort();
        }
        finally
        {
            sharing.Sends.Leave(sent);
        }
    }

    private static Task Refuse(HttpContext context, int status, string sentence)
    {
        context.Response.StatusCode = status;
        return context.Response.WriteAsync(sentence + "\n", context.RequestAborted);
    }
}
