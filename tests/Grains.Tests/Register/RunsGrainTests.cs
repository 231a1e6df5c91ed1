using System.Net;
using System.Net.Sockets;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using NSubstitute;
using Orleans;
using Orleans.Hosting;
using Orleans.Serialization;
using PairUni.Contracts;
using PairUni.Contracts.Options;

namespace PairUni.Grains.Tests;

public sealed class RunsGrainTests : IAsyncLifetime
{
    private readonly IRunPreparation _preparation = Substitute.For<IRunPreparation>();
    private readonly ISiloProbe _probe = Substitute.For<ISiloProbe>();
    private IHost _host = null!;

    private IRunsGrain Register => _host.Services.GetRequiredService<IGrainFactory>().GetGrain<IRunsGrain>(RunsKey.Only);

    public async ValueTask InitializeAsync()
    {
        _preparation.Prepare(Arg.Any<SubmitRun>(), Arg.Any<CancellationToken>()).Returns("");
        var builder = Host.CreateEmptyApplicationBuilder(new());
        builder.Services.AddSingleton(TimeProvider.System).AddSingleton(_preparation).AddSingleton(_probe);
        builder.Services.AddSerializer(s => s.AddMessagePackSerializer());
        builder.UseOrleans(silo => silo
            .UseLocalhostClustering(FreePort(), FreePort(), clusterId: Guid.NewGuid().ToString("n"))
            .AddMemoryGrainStorage(GrainStorage.Name));
        _host = builder.Build();
        await _host.StartAsync();
    }

    public async ValueTask DisposeAsync()
    {
        await _host.StopAsync();
        _host.Dispose();
    }

    [Fact]
    public async Task AnObstacle_KeepsTheRunOffTheList_AndTheNameFree()
    {
        _preparation.Prepare(Arg.Any<SubmitRun>(), Arg.Any<CancellationToken>()).Returns("no model", "");
        (await Submit("r")).ShouldBe("no model");
        (await Register.Follow(-1, default)).Runs.ShouldBeEmpty();
        (await Submit("r")).ShouldBeEmpty();
        (await Submit("r")).ShouldStartWith("The run 'r' was submitted already and goes on");
    }

    [Fact]
    public async Task TwoWhoSubmitOneNameAtOnce_DoNotBothGetIt()
    {
        var prepared = new TaskCompletionSource<string>();
        _preparation.Prepare(Arg.Any<SubmitRun>(), Arg.Any<CancellationToken>()).Returns(_ => prepared.Task);
        var first = Submit("r");
        (await Submit("r")).ShouldBe("The run 'r' is being submitted by somebody else just now; choose another --name.");
        prepared.SetResult("");
        (await first).ShouldBeEmpty();
    }

    [Fact]
    public async Task AFollower_HearsOfAChange()
    {
        var before = await Register.Follow(-1, default);
        var following = Register.Follow(before.Version, default);
        await Submit("r");
        var after = await following;
        after.Version.ShouldBeGreaterThan(before.Version);
        after.Runs.Single().Name.ShouldBe("r");
    }

    [Theory]
    [InlineData(true, "A silo named 'a' is at work at 127.0.0.1:1 already; give this one another --name.", false)]
    [InlineData(null, "A silo named 'a' is at work at 127.0.0.1:1 already; give this one another --name.", true)]
    [InlineData(false, "", false)]
    public async Task ANamesake_IsLetIn_OnlyWhenTheOtherIsGone(bool? answers, string refusal, bool retry)
    {
        _probe.Answers("127.0.0.1:1", Arg.Any<CancellationToken>()).Returns(answers);
        (await Join(Silos.Of("a"))).Refusal.ShouldBeEmpty();
        var joined = await Join(Silos.Of("a", process: 2, port: 2));
        (joined.Refusal, joined.Retry).ShouldBe((refusal, retry));
    }

    [Fact]
    public async Task AnotherProtocol_IsRefused() =>
        (await Register.Join(new() { Silo = Silos.Of("a"), Protocol = Protocol.Version + 1 }, default)).Refusal
            .ShouldBe($"The cluster speaks version {Protocol.Version} of the protocol, this silo version {Protocol.Version + 1}; use one build for all silos.");

    [Fact]
    public async Task ADrain_IsOfTheProcessThatWasThere()
    {
        await Join(Silos.Of("a"));
        (await Register.Drain("a/2", default)).Refusal.ShouldBe("There is no worker or silo 'a/2' in this cluster; pairuni status lists them.");
        (await Register.Drain("a/1", default)).Refusal.ShouldBeEmpty();
        await Join(Silos.Of("a"));
        (await Register.Follow(-1, default)).Drained.ShouldBe(["a/1"]);
        await Register.Leave("a-1", default);
        var left = await Register.Follow(-1, default);
        (left.Silos.Length, left.Drained.Length).ShouldBe((0, 0));
        await Join(Silos.Of("a", process: 2));
        (await Register.Follow(-1, default)).Drained.ShouldBeEmpty();
    }

    private async Task<string> Submit(string name) => (await Register.Submit(
        new() { Name = name, Options = RunOptionsJson.Write(new()), Mode = SubmitMode.New, Protocol = Protocol.Version }, default)).Refusal;

    private Task<SiloJoined> Join(SiloEntry silo) => Register.Join(new() { Silo = silo, Protocol = Protocol.Version }, default);

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
