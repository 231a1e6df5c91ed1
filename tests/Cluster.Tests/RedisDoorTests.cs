using System.Net;
using PairUni.Cli.Chaos;
using PairUni.Client;
using PairUni.Contracts;
using StackExchange.Redis;

namespace PairUni.Cluster.Tests;

/// <summary>What somebody is told whom a cluster's Redis does not let in.</summary>
public sealed class RedisDoorTests
{
    private static readonly ClusterToken Token = new("0123456789abcdef", "test");

    [Fact]
    public async Task NoRedis_IsSaidWithItsAddress()
    {
        var port = FreePort.Next();
        (await Refusal($"127.0.0.1:{port}")).ShouldBe($"Redis cannot be reached at 127.0.0.1:{port}; start redis-server there, or give the right --redis host:port.");
    }

    [Theory]
    [InlineData(null)]
    [InlineData("wrong")]
    public async Task AnotherPassword_IsSaidToBeThat(string? password)
    {
        await using var server = await RedisServer.Start("right");
        (await Refusal(server.Endpoint, password)).ShouldBe($"Redis at {server.Endpoint} refuses the password; set PAIRUNI_REDIS_PASSWORD to the one that it was started with.");
        (await RedisDoor.Open(RedisDoor.Options(server.Endpoint, "right"), "c", null, null)).Dispose();
    }

    [Fact]
    public async Task AnotherProtocol_IsSaidWithBothVersions()
    {
        await using var server = await RedisServer.Start();
        using (var redis = await ConnectionMultiplexer.ConnectAsync(server.ConnectionString))
            await redis.GetDatabase().StringSetAsync("pairuni/c/protocol", Protocol.Version + 1);

        (await Refusal(server.Endpoint)).ShouldBe(
            $"The cluster 'c' at {server.Endpoint} speaks version {Protocol.Version + 1} of the protocol, this pairuni version {Protocol.Version}; use the build that its silos run, or another --cluster.");
    }

    [Fact]
    public async Task TheFirstSilosToken_IsTheClusters()
    {
        await using var server = await RedisServer.Start();
        (await RedisDoor.Open(RedisDoor.Options(server.Endpoint, null), "c", Token, null, isSilo: true)).Dispose();

        (await Refusal(server.Endpoint)).ShouldBe("The cluster 'c' wants a token; name its file in PAIRUNI_CLUSTER_TOKEN_FILE.");
        (await Refusal(server.Endpoint, token: new("fedcba9876543210", "test"))).ShouldBe("The token is not that of the cluster 'c'; give PAIRUNI_CLUSTER_TOKEN_FILE the file that its silos have.");
        await RedisDoor.Look(RedisDoor.Options(server.Endpoint, null), "c", Token, null);
        await RedisDoor.Look(RedisDoor.Options(server.Endpoint, null), "another", null, null);
    }

    [Fact]
    public void WhatIsNoAddress_IsSaidToBeNone() =>
        Should.Throw<UserErrorException>(() => RedisDoor.Options("", null)).Message.ShouldBe("--redis : write host:port, such as --redis 127.0.0.1:6379 (is empty).");

    [Theory]
    [InlineData("redis.example", "redis.example", 6379)]
    [InlineData("10.0.0.7", "10.0.0.7", 6379)]
    [InlineData("redis.example:7000", "redis.example", 7000)]
    public void WithoutAPort_ItIsRedisOwn(string text, string host, int port)
    {
        var to = RedisDoor.Options(text, null).EndPoints.Single();
        (to is IPEndPoint address ? (address.Address.ToString(), address.Port) : (((DnsEndPoint)to).Host, ((DnsEndPoint)to).Port)).ShouldBe((host, port));
    }

    private static async Task<string> Refusal(string redis, string? password = null, ClusterToken? token = null) =>
        (await Should.ThrowAsync<UserErrorException>(() => RedisDoor.Open(RedisDoor.Options(redis, password), "c", token, null))).Message;
}
