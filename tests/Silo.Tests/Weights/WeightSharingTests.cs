using System.Net;
using System.Net.Sockets;
using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using PairUni.Contracts;
using PairUni.Grains;
using PairUni.Learner.Weights;

namespace PairUni.Silo.Tests;

public sealed class WeightSharingTests : IAsyncLifetime
{
    private const string Bearer = $"Bearer {WeightNode.Token}";
    private readonly PolicyDesk _policy = new();
    private readonly List<WeightNode> _nodes = [];
    private WeightNode _learner = null!;

    public async ValueTask InitializeAsync() => _learner = await Node();

    public async ValueTask DisposeAsync()
    {
        foreach (var node in _nodes) await node.DisposeAsync();
    }

    [Fact]
    public async Task EightProcesses_GetTheVersion_AndTheLearnerSendsEachChunkAboutOnce()
    {
        var snapshot = WeightNode.Snapshot(1, chunks: 200, seed: 1);
        var manifest = await _learner.Publish(snapshot);
        var nodes = await Nodes(8);
        var fetched = await Task.WhenAll(nodes.Select(n => n.Weights.Fetch(manifest, default)));
        foreach (var got in fetched) Same(got, snapshot);
        nodes.Sum(n => n.Sharing.BytesFetched).ShouldBe(8 * manifest.Bytes);
        (_learner.Sharing.BytesSent + nodes.Sum(n => n.Sharing.BytesSent)).ShouldBe(8 * manifest.Bytes);
        ((double)_learner.Sharing.BytesSent / manifest.Bytes).ShouldBeInRange(1, 1.3);
    }

    [Fact]
    public async Task TheNextVersion_TravelsAsWhatChanged_ToThoseWhoHoldTheLast_AndWholeToOthers()
    {
        var first = WeightNode.Snapshot(1, chunks: 50, seed: 2);
        var nodes = await Nodes(2);
        await Fetch(nodes[0], await _learner.Publish(first));
        var second = WeightNode.Changed(first, stride: 100);
        var manifest = await _learner.Publish(second);
        manifest.Deltas.Length.ShouldBe(50);
        var before = nodes[0].Sharing.BytesFetched;
        Same(await Fetch(nodes[0], manifest), second);
        (nodes[0].Sharing.BytesFetched - before).ShouldBe(manifest.Deltas.Sum(d => d.Length));
        manifest.Deltas.Sum(d => d.Length).ShouldBeLessThan((int)manifest.Bytes / 20);

        var sent = _learner.Sharing.BytesSent;
        Same(await Fetch(nodes[1], manifest), second);
        _learner.Sharing.BytesSent.ShouldBe(sent, "a joiner gets the whole version from its peer");
        nodes[0].Sharing.BytesSent.ShouldBe(manifest.Bytes);
    }

    [Fact]
    public async Task AJoiner_GetsEverythingFromItsPeers_WhenTheLearnerIsGone()
    {
        var snapshot = WeightNode.Snapshot(1, chunks: 40, seed: 3);
        var manifest = await _learner.Publish(snapshot);
        var nodes = await Nodes(3);
        await Fetch(nodes[0], manifest);
        await Fetch(nodes[1], manifest);
        _nodes.Remove(_learner);
        await _learner.DisposeAsync();
        Same(await Fetch(nodes[2], manifest), snapshot);
        nodes[2].Sharing.BytesFetched.ShouldBe(manifest.Bytes);
    }

    [Fact]
    public async Task APeerThatSendsOtherBytes_IsLeftAlone_AndNothingOfIt_IsUsed()
    {
        var snapshot = WeightNode.Snapshot(1, chunks: 30, seed: 4);
        var manifest = await _learner.Publish(snapshot);
        await using var liar = new HttpSilo(new(), services => services.AddSingleton<ISiloEndpoints, Liar>());
        await liar.Start();
        var held = WeightPieces.None(manifest);
        for (var i = 0; i < 30; i++) WeightPieces.Add(held, i);
        await _policy.Claim(new()
        {
            Version = 1,
            Digest = manifest.Digest,
            Holder = liar.Http.Uri!.ToString(),
            Held = held,
            Wanted = WeightPieces.None(manifest),
            MaxPieces = 0,
            Failed = [],
        }, default);
        var node = (await Nodes(1))[0];
        Same(await Fetch(node, manifest), snapshot);
        _policy.Claims.SelectMany(c => c.Failed).Distinct().ShouldBe([liar.Http.Uri!.ToString()]);
        _learner.Sharing.BytesSent.ShouldBe(manifest.Bytes);
    }

    [Fact]
    public async Task APeerThatIsGone_IsLeftAlone()
    {
        var snapshot = WeightNode.Snapshot(1, chunks: 30, seed: 5);
        var manifest = await _learner.Publish(snapshot);
        var nodes = await Nodes(2);
        await Fetch(nodes[0], manifest);
        _nodes.Remove(nodes[0]);
        await nodes[0].DisposeAsync();
        Same(await Fetch(nodes[1], manifest), snapshot);
    }

    [Fact]
    public async Task WithoutAnySource_TheFetchEnds_AndSaysWhatIsMissingAndWhy()
    {
        var manifest = await _learner.Publish(WeightNode.Snapshot(1, chunks: 5, seed: 6));
        _nodes.Remove(_learner);
        var address = _learner.Address;
        await _learner.DisposeAsync();
        var node = await Node(o => o with { NoProgressLimit = TimeSpan.FromSeconds(3) });
        var fault = await Should.ThrowAsync<WeightsRejectedException>(() => Fetch(node, manifest));
        fault.Message.ShouldStartWith($"version 1 cannot be fetched: 5 of 5 chunks are missing and {address} did not deliver: ");
    }

    [Fact]
    public async Task AVersionThatIsNotKept_IsNotWaitedFor()
    {
        var manifest = WeightNode.Snapshot(7, chunks: 2, seed: 7).Manifest with { Source = "http://127.0.0.1:1" };
        (await Should.ThrowAsync<WeightsRejectedException>(() => Fetch(_learner, manifest))).Message.ShouldBe("version 7 is not published any more");
    }

    [Fact]
    public async Task AnotherToken_GetsNothing()
    {
        var manifest = await _learner.Publish(WeightNode.Snapshot(1, chunks: 3, seed: 8));
        var stranger = await WeightNode.Start(_policy, o => o with { NoProgressLimit = TimeSpan.FromSeconds(3) }, token: "another-token-than-that");
        _nodes.Add(stranger);
        (await Should.ThrowAsync<WeightsRejectedException>(() => Fetch(stranger, manifest))).Message.ShouldEndWith("did not deliver: it answered 401");
        _learner.Sharing.BytesSent.ShouldBe(0);
    }

    [Theory]
    [InlineData("/weights/run/HASH", HttpStatusCode.OK)]
    [InlineData("/weights/run/0000000000000000000000000000000000000000000000000000000000000000", HttpStatusCode.NotFound)]
    [InlineData("/weights/other/HASH", HttpStatusCode.NotFound)]
    [InlineData("/weights/run/abc", HttpStatusCode.BadRequest)]
    [InlineData("/weights/run/..%2f..%2fetc%2fpasswd", HttpStatusCode.BadRequest)]
    [InlineData("/weights/run/ABCDEF0000000000000000000000000000000000000000000000000000000000", HttpStatusCode.BadRequest)]
    [InlineData("/weights/run/../../etc/passwd", HttpStatusCode.NotFound)]
    public async Task ThePath_NamesAPieceByItsHash_AndNothingElse(string path, HttpStatusCode status)
    {
        var manifest = await _learner.Publish(WeightNode.Snapshot(1, chunks: 1, seed: 9));
        path = path.Replace("HASH", manifest.Chunks[0].Hash, StringComparison.Ordinal);
        (await _learner.Silo.Get(path, Bearer)).Status.ShouldBe(status);
        (await _learner.Silo.Get(path)).Status.ShouldBe(status == HttpStatusCode.NotFound && path.Contains("..", StringComparison.Ordinal) ? status : HttpStatusCode.Unauthorized);
    }

    [Fact]
    public async Task SeveralWorkersOfAProcess_CauseOneFetch()
    {
        var snapshot = WeightNode.Snapshot(1, chunks: 20, seed: 10);
        var manifest = await _learner.Publish(snapshot);
        var node = (await Nodes(1))[0];
        foreach (var got in await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => node.Weights.Fetch(manifest, default)))) Same(got, snapshot);
        node.Sharing.BytesFetched.ShouldBe(manifest.Bytes);
    }

    [Fact]
    public async Task ReceiversThatStandStill_LoseTheirConnection_SoThatOthersGetTheirTurn()
    {
        var learner = await Node(o => o with { MaxSends = 2, StallLimit = TimeSpan.FromSeconds(0.2) });
        var snapshot = WeightNode.Snapshot(1, chunks: 1, seed: 9, chunkBytes: 16 << 20);
        var manifest = await learner.Publish(snapshot);
        using var one = await Begin(learner, manifest.Chunks[0].Hash);
        using var two = await Begin(learner, manifest.Chunks[0].Hash);
        Same(await Fetch((await Nodes(1))[0], manifest), snapshot);
        foreach (var stalled in (Socket[])[one, two]) (await Rest(stalled)).ShouldBeLessThan(manifest.Bytes);
    }

    // Asks for a piece and takes no more than the first bytes of the answer.
    private static async Task<Socket> Begin(WeightNode from, string hash)
    {
        var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { ReceiveBufferSize = 4096 };
        await socket.ConnectAsync(from.Address.Host, from.Address.Port);
        await socket.SendAsync(Encoding.ASCII.GetBytes($"GET {WeightEndpoints.Path("run", hash)} HTTP/1.1\r\nHost: x\r\nAuthorization: {Bearer}\r\n\r\n"));
        var status = new byte[15];
        await new NetworkStream(socket).ReadExactlyAsync(status);
        Encoding.ASCII.GetString(status).ShouldBe("HTTP/1.1 200 OK");
        return socket;
    }

    private static async Task<long> Rest(Socket socket)
    {
        var (buffer, bytes) = (new byte[1 << 20], 0L);
        try
        {
            while (await socket.ReceiveAsync(buffer) is > 0 and var more) bytes += more;
        }
        catch (SocketException fault) when (fault.SocketErrorCode == SocketError.ConnectionReset)
        {
            // The other side does not wait for what nobody takes.
        }

        return bytes;
    }

    private static Task<WeightSnapshot> Fetch(WeightNode node, WeightManifest manifest) =>
        node.Weights.Fetch(manifest, default).WaitAsync(TimeSpan.FromMinutes(1));

    private static void Same(WeightSnapshot got, WeightSnapshot snapshot) =>
        got.Chunks.Select(c => Convert.ToHexString(SHA256.HashData(c.Span))).ShouldBe(snapshot.Chunks.Select(c => Convert.ToHexString(SHA256.HashData(c.Span))));

    private async Task<WeightNode> Node(Func<WeightSharingOptions, WeightSharingOptions>? change = null)
    {
        var node = await WeightNode.Start(_policy, change);
        _nodes.Add(node);
        return node;
    }

    private async Task<WeightNode[]> Nodes(int count)
    {
        for (var i = 0; i < count; i++) await Node();
        return [.. _nodes.TakeLast(count)];
    }

    private sealed class Liar : ISiloEndpoints
    {
        public void Map(IEndpointRouteBuilder routes) => routes.MapGet("/weights/{run}/{hash}", context =>
        {
            context.Response.ContentLength = 4096;
            return context.Response.Body.WriteAsync(new byte[4096]).AsTask();
        });
    }
}
