using System.Diagnostics;
using PairUni.Cli.Chaos;
using PairUni.Cli.Tests;
using PairUni.Client;
using PairUni.Client.Tests;
using PairUni.Contracts;

namespace PairUni.Cluster.Tests;

/// <summary>A Redis that speaks TLS alone and asks for certificates.</summary>
public sealed class RedisTlsTests : IDisposable
{
    private static readonly TimeSpan Limit = TimeSpan.FromMinutes(1);
    private readonly TemporaryFolder _folder = new();
    private readonly MadeUpAuthority _authority = new("the cluster");
    private readonly MadeUpAuthority _other = new("another");
    private readonly int _port = FreePort.Next();
    private readonly Process _redis;

    public RedisTlsTests()
    {
        var files = _authority.Files(_folder.Path, "redis");
        _redis = Process.Start(new ProcessStartInfo("redis-server",
        [
            "--bind", "127.0.0.1", "--port", "0", "--tls-port", $"{_port}", "--tls-cert-file", files.Certificate!, "--tls-key-file", files.Key!,
            "--tls-ca-cert-file", files.Authority!, "--save", "", "--dir", _folder.Path, "--logfile", Path.Combine(_folder.Path, "redis.log"),
        ]))!;
    }

    [Fact]
    public async Task ItIsShownTheClustersCertificate_AndTrustedByItsAuthority()
    {
        using var limit = new CancellationTokenSource(Limit);
        while (true)
        {
            try
            {
                using var redis = await Open(_authority);
                (await redis.GetDatabase().PingAsync()).ShouldBeGreaterThan(TimeSpan.Zero);
                break;
            }
            catch (UserErrorException)
            {
                // It is not up yet.
                _redis.HasExited.ShouldBeFalse();
                await Task.Delay(50, limit.Token);
            }
        }

        (await Should.ThrowAsync<UserErrorException>(() => Open(_other))).Message.ShouldStartWith($"Redis cannot be reached at 127.0.0.1:{_port};");
    }

    public void Dispose()
    {
        _redis.Kill();
        _redis.WaitForExit();
        _redis.Dispose();
        _authority.Dispose();
        _other.Dispose();
        _folder.Dispose();
    }

    private async Task<StackExchange.Redis.ConnectionMultiplexer> Open(MadeUpAuthority authority) =>
        await RedisDoor.Open(RedisDoor.Options($"127.0.0.1:{_port},ssl=true", null), "tests", null, authority.Tls(_folder.Path, Guid.NewGuid().ToString("N")));
}
