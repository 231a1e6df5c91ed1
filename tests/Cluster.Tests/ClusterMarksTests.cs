using PairUni.Cli.Chaos;
using PairUni.Cli.Tests;
using PairUni.Client;
using PairUni.Client.Tests;
using PairUni.Contracts;
using StackExchange.Redis;

namespace PairUni.Cluster.Tests;

public sealed class ClusterMarksTests : IAsyncLifetime
{
    private const string Cluster = "marked";
    private static readonly ClusterToken Token = new("0123456789abcdef", "a test");
    private readonly TemporaryFolder _folder = new();
    private readonly MadeUpAuthority _authority = new("the cluster");
    private readonly MadeUpAuthority _next = new("the next");
    private RedisServer _redis = null!;
    private ConnectionMultiplexer _connection = null!;

    private IDatabase Database => _connection.GetDatabase();

    public async ValueTask InitializeAsync()
    {
        _redis = await RedisServer.Start();
        _connection = await ConnectionMultiplexer.ConnectAsync(_redis.ConnectionString);
    }

    public async ValueTask DisposeAsync()
    {
        await _connection.CloseAsync();
        _connection.Dispose();
        await _redis.DisposeAsync();
        _authority.Dispose();
        _next.Dispose();
        _folder.Dispose();
    }

    [Fact]
    public async Task ASilosMarks_AreComparedWhileTheyLast_AndGoAway()
    {
        await Check(Token, null, isSilo: true);
        (await Refused(null, null)).ShouldBe("The cluster 'marked' wants a token; name its file in PAIRUNI_CLUSTER_TOKEN_FILE.");
        (await Refused(new("fedcba9876543210", "a test"), null)).ShouldStartWith("The token is not that of the cluster 'marked';");
        await Check(Token, null);
        foreach (var mark in new[] { "protocol", "token", "tls" })
        {
            var left = (await Database.KeyTimeToLiveAsync($"pairuni/{Cluster}/{mark}")).ShouldNotBeNull();
            left.ShouldBeInRange(TimeSpan.FromTicks(1), ClusterMarks.Lifetime);
            await Database.KeyDeleteAsync($"pairuni/{Cluster}/{mark}");
        }

        await Check(null, null, isSilo: true);
    }

    [Fact]
    public async Task AnotherProtocol_IsRefused()
    {
        await Database.StringSetAsync($"pairuni/{Cluster}/protocol", Protocol.Version + 1);
        (await Refused(null, null)).ShouldStartWith($"The cluster 'marked' at here speaks version {Protocol.Version + 1} of the protocol, this pairuni version {Protocol.Version};");
    }

    [Fact]
    public async Task AClient_LeavesNone()
    {
        await Check(Token, null);
        await Check(null, null);
    }

    [Fact]
    public async Task OneAuthority_IsReplacedByAnother_ThroughSilosThatTrustBoth()
    {
        var (old, next) = (_authority.Tls(_folder.Path, "old"), _next.Tls(_folder.Path, "next"));
        var both = new ClusterTls(old.Certificate, [], [_authority.Certificate, _next.Certificate], TimeProvider.System);
        await Check(null, old, isSilo: true);
        (await Refused(null, next)).ShouldStartWith("The CA in PAIRUNI_TLS_CA is not that of the cluster 'marked';");
        (await Refused(null, null)).ShouldStartWith("The cluster 'marked' uses TLS;");
        await Check(null, both, isSilo: true);
        await Check(null, next, isSilo: true);
        (await Refused(null, old)).ShouldStartWith("The CA in PAIRUNI_TLS_CA");
    }

    private Task Check(ClusterToken? token, ClusterTls? tls, bool isSilo = false) => new ClusterMarks(Cluster, token, tls).Check(Database, "here", isSilo);

    private async Task<string> Refused(ClusterToken? token, ClusterTls? tls) => (await Should.ThrowAsync<UserErrorException>(() => Check(token, tls))).Message;
}
