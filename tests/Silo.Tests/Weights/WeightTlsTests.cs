using System.Net;
using System.Net.Security;
using PairUni.Client;
using PairUni.Client.Tests;
using PairUni.Contracts;

namespace PairUni.Silo.Tests;

/// <summary>Weights of a cluster with TLS.</summary>
public sealed class WeightTlsTests : IDisposable
{
    private const string Bearer = $"Bearer {WeightNode.Token}";
    private static readonly string Path = $"/weights/run/{new string('0', 64)}";
    private readonly TemporaryFolder _folder = new();
    private readonly MadeUpAuthority _authority = new("the cluster");
    private readonly MadeUpAuthority _other = new("another");
    private readonly PolicyDesk _policy = new();

    [Fact]
    public async Task Members_FetchFromEachOther()
    {
        await using var learner = await Node(_authority, _authority);
        await using var worker = await Node(_authority, _authority);
        var snapshot = WeightNode.Snapshot(1, chunks: 20, seed: 1);
        var manifest = await learner.Publish(snapshot);

        manifest.Source.ShouldStartWith("https://127.0.0.1:");
        var got = await worker.Weights.Fetch(manifest, default);

        got.Chunks.Select(c => c.ToArray()).ShouldBe(snapshot.Chunks.Select(c => c.ToArray()));
        worker.Sharing.BytesFetched.ShouldBe(manifest.Bytes);
    }

    [Fact]
    public async Task ASourceOfAnotherAuthority_IsNotTrusted()
    {
        await using var learner = await Node(_other, _other);
        (await Refused(learner, _authority.Tls(_folder.Path, "worker"))).Message.ShouldContain("SSL connection could not be established");
    }

    [Fact]
    public async Task AMemberOfAnotherAuthority_GetsNothing()
    {
        await using var learner = await Node(_authority, _authority);

        // It trusts the cluster, but the cluster does not trust it.
        await Refused(learner, new ClusterTls(_other.Tls(_folder.Path, "stranger").Certificate, [], [_authority.Certificate], TimeProvider.System));

        learner.Sharing.BytesSent.ShouldBe(0);
    }

    [Fact]
    public async Task WithoutACertificate_NobodyIsLetIn()
    {
        await using var learner = await Node(_authority, _authority);
        using var bare = new HttpClient(new SocketsHttpHandler { SslOptions = new SslClientAuthenticationOptions { RemoteCertificateValidationCallback = (_, _, _, _) => true } });
        await Should.ThrowAsync<HttpRequestException>(() => bare.GetAsync(new Uri(learner.Address, HttpPaths.Live)));
    }

    [Fact]
    public async Task ThePlainPort_AnswersProbes_AndSendsNoWeights()
    {
        await using var learner = await Node(_authority, _authority);
        (await learner.Silo.Get(HttpPaths.Live)).ShouldBe((HttpStatusCode.OK, "ok"));
        (await learner.Silo.Get(Path, Bearer)).ShouldBe((HttpStatusCode.Forbidden, "this needs TLS; ask at the weights port"));
    }

    public void Dispose()
    {
        _authority.Dispose();
        _other.Dispose();
        _folder.Dispose();
    }

    private static async Task<PieceUnavailableException> Refused(WeightNode source, ClusterTls tls)
    {
        using var client = new WeightClient(new() { Address = () => source.Address, Token = new(WeightNode.Token, "a test"), Tls = tls }, null);
        var piece = new WeightChunk { Hash = new string('0', 64), Length = 10 };
        return await Should.ThrowAsync<PieceUnavailableException>(() => client.Get(source.Address.ToString(), "run", piece, default));
    }

    private Task<WeightNode> Node(MadeUpAuthority server, MadeUpAuthority client) =>
        WeightNode.Start(_policy, tls: (server.Tls(_folder.Path, "server"), client.Tls(_folder.Path, "client")));
}
