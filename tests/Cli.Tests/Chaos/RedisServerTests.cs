using System.Net;
using System.Net.Sockets;
using System.Text;
using PairUni.Cli.Chaos;

namespace PairUni.Cli.Tests.Chaos;

public sealed class RedisServerTests
{
    [Fact]
    public async Task WhatItAcknowledged_SurvivesARestart_AndAKill()
    {
        await using var server = await RedisServer.Start();
        var port = server.Port;
        (await Ask(server, "SET a 1")).ShouldBe("+OK");
        await server.Restart();
        server.Port.ShouldBe(port);
        (await Ask(server, "GET a")).ShouldBe("$1\r\n1");
        (await Ask(server, "SET a 2")).ShouldBe("+OK");
        await server.Kill();
        await server.Restart();
        (await Ask(server, "GET a")).ShouldBe("$1\r\n2");
    }

    [Fact]
    public async Task WithAPassword_NobodyGetsInWithoutIt()
    {
        await using var server = await RedisServer.Start("secret");
        (await Ask(server, "GET a")).ShouldStartWith("-NOAUTH");
        (await Ask(server, "AUTH secret")).ShouldBe("+OK");
        server.ConnectionString.ShouldBe($"127.0.0.1:{server.Port},password=secret");
    }

    [Fact]
    public async Task Paused_ItAnswersOnlyOnceItGoesOn()
    {
        await using var server = await RedisServer.Start();
        server.Pause();
        var answer = Ask(server, "SET a 1");
        (await Ask(server, "SET b 1", TimeSpan.FromMilliseconds(100))).ShouldBe("");
        answer.IsCompleted.ShouldBeFalse();
        server.Continue();
        (await answer).ShouldBe("+OK");
    }

    [Fact]
    public async Task Disposed_NothingOfItIsLeft()
    {
        var server = await RedisServer.Start();
        server.Pause();
        await server.DisposeAsync();
        Directory.Exists(server.Folder).ShouldBeFalse();
        await Should.ThrowAsync<SocketException>(() => Ask(server, "PING"));
    }

    /// <summary>What it answers within the time; nothing if it does not.</summary>
    private static async Task<string> Ask(RedisServer server, string command, TimeSpan? within = null)
    {
        using var client = new TcpClient();
        await client.ConnectAsync(IPAddress.Loopback, server.Port);
        await client.GetStream().WriteAsync(Encoding.ASCII.GetBytes(command + "\r\n"));
        var answer = new byte[256];
        using var limit = new CancellationTokenSource(within ?? TimeSpan.FromSeconds(30));
        try
        {
            return Encoding.ASCII.GetString(answer, 0, await client.GetStream().ReadAsync(answer, limit.Token)).TrimEnd();
        }
        catch (OperationCanceledException) when (within is not null)
        {
            return "";
        }
    }
}
