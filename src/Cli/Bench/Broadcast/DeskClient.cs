using MessagePack;
using PairUni.Client;
using PairUni.Contracts;
using PairUni.Silo;

namespace PairUni.Cli.Bench;

/// <summary>A <see cref="BroadcastDesk"/> in another process.</summary>
internal sealed class DeskClient : IPolicyGrain, IDisposable
{
    private readonly HttpClient _http;

    public DeskClient(Uri learner, ClusterToken token)
    {
        _http = new() { BaseAddress = learner };
        _http.DefaultRequestHeaders.TryAddWithoutValidation("Authorization", TokenRoutes.Header(token));
    }

    public Task Publish(PolicyPublished published, CancellationToken cancellationToken) => throw new NotSupportedException("Only the learner publishes.");

    public async Task<PolicyPublished?> Current(CancellationToken cancellationToken)
    {
        var manifest = MessagePackSerializer.Deserialize<WeightManifest>(await _http.GetByteArrayAsync("bench/manifest", cancellationToken));
        return new() { Version = manifest.Version, Manifest = manifest };
    }

    public async Task<WeightManifest?> Manifest(int version, CancellationToken cancellationToken) => (await Current(cancellationToken))?.Manifest;

    public async Task<PiecesClaimed> Claim(ClaimPieces claim, CancellationToken cancellationToken)
    {
        using var body = new ByteArrayContent(MessagePackSerializer.Serialize(claim));
        using var response = await _http.PostAsync("bench/claim", body, cancellationToken);
        response.EnsureSuccessStatusCode();
        return MessagePackSerializer.Deserialize<PiecesClaimed>(await response.Content.ReadAsByteArrayAsync(cancellationToken));
    }

    public void Dispose() => _http.Dispose();
}
