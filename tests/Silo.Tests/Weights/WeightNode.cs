using Microsoft.Extensions.DependencyInjection;
using PairUni.Client;
using PairUni.Contracts;
using PairUni.Learner.Weights;

namespace PairUni.Silo.Tests;

/// <summary>What a process of a cluster has of weights, with an HTTP port of its own.</summary>
internal sealed class WeightNode : IAsyncDisposable
{
    public const string Token = "a-token-of-this-test";
    private readonly HttpSilo _silo;
    private readonly IPolicyGrain _policy;

    private WeightNode(IPolicyGrain policy, string token, (ClusterTls? Server, ClusterTls? Client) tls, Func<WeightSharingOptions, WeightSharingOptions> change)
    {
        _policy = policy;
        Sharing = new(change(new() { Address = () => _silo!.Http.WeightsUri!, Token = new(token, "a test"), Tls = tls.Client }), TimeProvider.System);
        _silo = new(new() { Token = new(Token, "a test"), Tls = tls.Server }, services =>
        {
            services.AddSingleton(Sharing);
            services.AddSiloEndpoints<WeightEndpoints>();
        });
    }

    public WeightSharing Sharing { get; }

    public HttpSilo Silo => _silo;

    public SharedWeights Weights => Sharing.Of("run", _policy);

    public Uri Address => _silo.Http.WeightsUri!;

    public static async Task<WeightNode> Start(
        IPolicyGrain policy, Func<WeightSharingOptions, WeightSharingOptions>? change = null, string token = Token, (ClusterTls? Server, ClusterTls? Client) tls = default)
    {
        var node = new WeightNode(policy, token, tls, change ?? (o => o));
        await node._silo.Start();
        return node;
    }

    public async Task<WeightManifest> Publish(WeightSnapshot snapshot)
    {
        var manifest = await Weights.Publish(snapshot, default);
        await _policy.Publish(new() { Version = manifest.Version, Manifest = manifest }, default);
        return manifest;
    }

    /// <summary>A version of made-up weights.</summary>
    public static WeightSnapshot Snapshot(int version, int chunks, int seed, int chunkBytes = 4096)
    {
        var random = new Random(seed);
        return WeightSnapshot.Of([.. Enumerable.Range(0, chunks).Select(_ =>
        {
            var bytes = new byte[chunkBytes];
            random.NextBytes(bytes);
            return (ReadOnlyMemory<byte>)bytes;
        })], version, "f");
    }

    /// <summary>The next version: every <paramref name="stride"/>th pair of bytes changed.</summary>
    public static WeightSnapshot Changed(WeightSnapshot snapshot, int stride) => WeightSnapshot.Of([.. snapshot.Chunks.Select(c =>
    {
        var bytes = c.ToArray();
        for (var i = 0; i + 1 < bytes.Length; i += 2 * stride) bytes[i] ^= 0x55;
        return (ReadOnlyMemory<byte>)bytes;
    })], snapshot.Manifest.Version + 1, snapshot.Manifest.ModelFingerprint);

    public async ValueTask DisposeAsync()
    {
        await Sharing.DisposeAsync();
        await _silo.DisposeAsync();
    }
}
