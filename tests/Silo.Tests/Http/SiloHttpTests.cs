using System.Net;
using System.Net.Sockets;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using PairUni.Contracts;

namespace PairUni.Silo.Tests;

public sealed class SiloHttpTests
{
    [Fact]
    public async Task Startup_IsRefusedUntilTheHostHasJoined()
    {
        await using var silo = new HttpSilo(new());
        await silo.Start();
        (await silo.Get(HttpPaths.Startup)).ShouldBe((HttpStatusCode.ServiceUnavailable, "the silo has not joined the cluster yet"));
        (await silo.Get(HttpPaths.Live)).ShouldBe((HttpStatusCode.OK, "ok"));
        await silo.Join();
        (await silo.Get(HttpPaths.Startup)).ShouldBe((HttpStatusCode.OK, "ok"));
    }

    [Fact]
    public async Task Ready_EndsWithTheDrain_WhileStartupAndLiveStay()
    {
        await using var silo = new HttpSilo(new());
        await silo.Start();
        (await silo.Get(HttpPaths.Ready)).Status.ShouldBe(HttpStatusCode.ServiceUnavailable);
        await silo.Join();
        (await silo.Get(HttpPaths.Ready)).ShouldBe((HttpStatusCode.OK, "ok"));
        silo.Health.Draining();
        (await silo.Get(HttpPaths.Ready)).ShouldBe((HttpStatusCode.ServiceUnavailable, "the silo is draining"));
        (await silo.Get(HttpPaths.Startup)).Status.ShouldBe(HttpStatusCode.OK);
        (await silo.Get(HttpPaths.Live)).Status.ShouldBe(HttpStatusCode.OK);
    }

    [Fact]
    public async Task WithoutAnAddress_ItListensOnLoopbackAlone()
    {
        await using var silo = new HttpSilo(new());
        await silo.Start();
        silo.Http.Endpoint!.Address.ShouldBe(IPAddress.Loopback);
        silo.Http.Endpoint.Port.ShouldBeGreaterThan(0);
    }

    [Fact]
    public async Task ATakenPort_IsOneSentence()
    {
        using var taken = new TcpListener(IPAddress.Loopback, 0);
        taken.Start();
        var port = ((IPEndPoint)taken.LocalEndpoint).Port;
        await using var silo = new HttpSilo(new() { Port = port });
        var fault = await Should.ThrowAsync<UserErrorException>(silo.Start);
        fault.Message.ShouldStartWith($"the silo's HTTP port cannot listen on 127.0.0.1:{port} (");
        fault.Message.ShouldEndWith("; free that port or choose another");
    }

    [Theory]
    [InlineData(null, HttpStatusCode.Unauthorized)]
    [InlineData("Bearer ", HttpStatusCode.Unauthorized)]
    [InlineData("Bearer 0123456789secreT", HttpStatusCode.Unauthorized)]
    [InlineData("Bearer 0123456789secret2", HttpStatusCode.Unauthorized)]
    [InlineData("0123456789secret", HttpStatusCode.Unauthorized)]
    [InlineData("Bearer 0123456789secret", HttpStatusCode.OK)]
    public async Task AGuardedRoute_WantsTheToken(string? authorization, HttpStatusCode expected)
    {
        await using var silo = new HttpSilo(new() { Token = new("0123456789secret", "test") }, s => s.AddSiloEndpoints<Guarded>());
        await silo.Start();
        (await silo.Get("/guarded", authorization)).Status.ShouldBe(expected);
        (await silo.Get(HttpPaths.Live, authorization)).Status.ShouldBe(HttpStatusCode.OK);
    }

    [Fact]
    public async Task AGuardedRouteOfASiloWithoutAToken_IsOpen()
    {
        await using var silo = new HttpSilo(new(), s => s.AddSiloEndpoints<Guarded>());
        await silo.Start();
        (await silo.Get("/guarded")).ShouldBe((HttpStatusCode.OK, "inside"));
    }

    [Fact]
    public async Task AnUnknownPath_IsNotFound()
    {
        await using var silo = new HttpSilo(new());
        await silo.Start();
        (await silo.Get("/health/../etc/passwd")).Status.ShouldBe(HttpStatusCode.NotFound);
    }

    private sealed class Guarded : ISiloEndpoints
    {
        public void Map(IEndpointRouteBuilder routes) => routes.MapGet("/guarded", c => c.Response.WriteAsync("inside")).RequireClusterToken();
    }
}
