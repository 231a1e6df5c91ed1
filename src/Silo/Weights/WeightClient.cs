using System.Net;
using System.Net.Security;
using PairUni.Contracts;
using PairUni.Learner.Weights;

namespace PairUni.Silo;

/// <summary>Gets single pieces from other processes and lets none pass that is not what its hash says.</summary>
internal sealed class WeightClient : IDisposable
{
    private readonly WeightSharingOptions _options;
    private readonly SiloInstruments? _instruments;
    private readonly HttpClient _http;
    private long _bytes;

    public WeightClient(WeightSharingOptions options, SiloInstruments? instruments)
    {
        (_options, _instruments) = (options, instruments);
        _http = new(new SocketsHttpHandler
        {
            UseProxy = false,
            UseCookies = false,
            AllowAutoRedirect = false,
            ConnectTimeout = TimeSpan.FromSeconds(2),
            MaxConnectionsPerServer = options.MaxFetches,
            MaxResponseHeadersLength = 8,
            MaxResponseDrainSize = 0,
            SslOptions = options.Tls is { } tls ? Member(tls) : new(),
        })
        {
            Timeout = Timeout.InfiniteTimeSpan,
        };
        if (options.Token is { } token) _http.DefaultRequestHeaders.TryAddWithoutValidation("Authorization", TokenRoutes.Header(token));
    }

    /// <summary>Bytes of pieces that arrived whole.</summary>
    public long Bytes => Interlocked.Read(ref _bytes);

    /// <summary>The verified bytes of a piece.</summary>
    /// <exception cref="PieceUnavailableException">It cannot be had there; the message is a clause without the address.</exception>
    public async Task<ReadOnlyMemory<byte>> Get(string source, string run, WeightChunk piece, CancellationToken cancellationToken)
    {
        if (!Uri.TryCreate(source, UriKind.Absolute, out var address) || address.Scheme is not ("http" or "https"))
            throw new PieceUnavailableException("it is no address of a process");
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        limit.CancelAfter(_options.PieceLimit);
        try
        {
            var bytes = await Read(new(address, WeightEndpoints.Path(run, piece.Hash)), piece, limit.Token);
            if (!WeightSnapshot.IsIntact(piece, bytes.Span)) throw new PieceUnavailableException("what it sent does not have the SHA-256 asked for");
            Interlocked.Add(ref _bytes, bytes.Length);
            _instruments?.WeightsFetched(bytes.Length);
            return bytes;
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            throw new PieceUnavailableException($"it sent no whole piece within {_options.PieceLimit.TotalSeconds:0} s");
        }
        catch (Exception fault) when (fault is HttpRequestException or IOException)
        {
            throw new PieceUnavailableException(fault.Message.TrimEnd('.'));
        }
    }

    public void Dispose() => _http.Dispose();

    private static SslClientAuthenticationOptions Member(ClusterTls tls) => new()
    {
        ClientCertificateContext = tls.Context,
        RemoteCertificateValidationCallback = (_, shown, chain, _) => tls.Objection(shown, chain?.ChainPolicy.ExtraStore) is null,
    };

    private async Task<ReadOnlyMemory<byte>> Read(Uri uri, WeightChunk piece, CancellationToken cancellationToken)
    {
        using var response = await Answer(uri, cancellationToken);
        if (response.StatusCode != HttpStatusCode.OK) throw new PieceUnavailableException($"it answered {(int)response.StatusCode}");
        if (response.Content.Headers.ContentLength != piece.Length)
            throw new PieceUnavailableException($"it has {response.Content.Headers.ContentLength} bytes where the piece has {piece.Length}");
        var bytes = GC.AllocateUninitializedArray<byte>(piece.Length);
        await using var body = await response.Content.ReadAsStreamAsync(cancellationToken);
        await body.ReadExactlyAsync(bytes, cancellationToken);
        return bytes;
    }

    private async Task<HttpResponseMessage> Answer(Uri uri, CancellationToken cancellationToken)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        limit.CancelAfter(_options.AnswerLimit);
        try
        {
            return await _http.GetAsync(uri, HttpCompletionOption.ResponseHeadersRead, limit.Token);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            throw new PieceUnavailableException($"it did not answer within {_options.AnswerLimit.TotalSeconds:0.#} s");
        }
    }
}
