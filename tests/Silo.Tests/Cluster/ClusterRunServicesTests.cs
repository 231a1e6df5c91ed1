using System.Diagnostics.Metrics;
using Microsoft.Extensions.DependencyInjection;
using NSubstitute;
using Orleans;
using Orleans.Runtime;
using PairUni.Contracts;
using PairUni.Contracts.Options;
using PairUni.Grains.Tests;
using StackExchange.Redis;

namespace PairUni.Silo.Tests;

/// <summary>What a process of a cluster keeps of its runs, how long, and whom it asks.</summary>
public sealed class ClusterRunServicesTests : IAsyncDisposable
{
    private static readonly WorkerKey Worker = new("here", 0);
    private readonly ManualTime _time = new();
    private readonly ServiceProvider _metrics = new ServiceCollection().AddMetrics().BuildServiceProvider();
    private readonly IRunsGrain _register = Substitute.For<IRunsGrain>();
    private readonly WeightSharing _weights;
    private readonly RunPlace _place;
    private readonly IGrainFactory _grains = Substitute.For<IGrainFactory>();
    private readonly ClusterRunServices _services;
    private readonly List<RunEntry> _opened = [];

    public ClusterRunServicesTests()
    {
        _grains.GetGrain<IRunsGrain>(RunsKey.Only).Returns(_register);
        var outputs = Substitute.For<IRunOutputs>();
        outputs.Placed(Arg.Any<RunOptions>()).Returns(call => call.Arg<RunOptions>());
        _weights = new(new() { Address = () => new("http://127.0.0.1:1") }, _time);
        _place = new(
            new() { Name = "here", Roles = SiloRole.Rollout, Redis = new() }, Substitute.For<IConnectionMultiplexer>(), outputs, _weights, _grains,
            new(_metrics.GetRequiredService<IMeterFactory>()), _time);
        _services = Services(_time);
    }

    [Fact]
    public async Task GrainsOfOneAttempt_ShareItsServices_AndAnotherAttempt_GetsItsOwn()
    {
        Registered(Entry("r", attempt: 1));
        var engines = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => Engine("r", 1)));
        engines.Distinct().Count().ShouldBe(1);
        (await _services.Engine(Spec("r", 1), new("here", 1), default)).ShouldNotBe(engines[0]);
        _opened.Count.ShouldBe(1);

        Registered(Entry("r", attempt: 2));
        (await Engine("r", 2)).ShouldNotBe(engines[0]);
        _opened.Select(e => e.Attempt).ShouldBe([1, 2]);
    }

    [Fact]
    public async Task ARegisterThatMoves_IsAskedAgain_AndARunThatItLacks_IsSaidToBeUnknown()
    {
        _register.Follow(-1, Arg.Any<CancellationToken>()).Returns(
            _ => throw new SiloUnavailableException("it died"), _ => throw new TimeoutException(), _ => Register(Entry("r", 1)));
        await using var services = Services(TimeProvider.System);
        (await services.Engine(Spec("r", 1), Worker, default)).ShouldNotBeNull();
        await _register.Received(3).Follow(-1, Arg.Any<CancellationToken>());
        (await Should.ThrowAsync<UserErrorException>(() => services.Engine(Spec("other", 1), Worker, default))).Message.ShouldBe("There is no run 'other' in this cluster; pairuni status lists them.");
    }

    [Fact]
    public async Task ARunThatIsOver_IsForgottenAfterAWhile_AndOneThatGoesOn_IsNot()
    {
        Registered(Entry("over", 1), Entry("on", 1));
        var (over, on) = (await Engine("over", 1), await Engine("on", 1));
        Task Forget() => _services.Forget((run, _) => run == "over");

        await Forget();
        _time.Advance(TimeSpan.FromSeconds(9));
        await Forget();
        (await Engine("over", 1)).ShouldBe(over, "whoever works for it has not heard of its end yet");

        _time.Advance(TimeSpan.FromSeconds(2));
        await Forget();
        (await Engine("over", 1)).ShouldNotBe(over);
        (await Engine("on", 1)).ShouldBe(on);
    }

    [Fact]
    public async Task ARunThatGoesOnAgain_IsKept_AndItsTimeBeginsAnewWhenItEnds()
    {
        Registered(Entry("r", 1));
        var engine = await Engine("r", 1);
        foreach (var isOver in new[] { true, false, true })
        {
            await _services.Forget((_, _) => isOver);
            _time.Advance(TimeSpan.FromSeconds(8));
        }

        await _services.Forget((_, _) => true);
        (await Engine("r", 1)).ShouldBe(engine);
    }

    public async ValueTask DisposeAsync()
    {
        await _services.DisposeAsync();
        await _weights.DisposeAsync();
        await _metrics.DisposeAsync();
    }

    private static RunEntry Entry(string name, int attempt) => new()
    {
        Name = name,
        Options = RunOptionsJson.Write(new()),
        Attempt = attempt,
        Wish = RunWish.Run,
        Phase = RunPhase.Running,
        Error = "",
        Submitted = DateTimeOffset.UnixEpoch,
    };

    private static RunRegister Register(params RunEntry[] runs) => new() { Version = 1, Runs = runs, Silos = [], Drained = [] };

    private static RunSpec Spec(string run, int attempt) => new()
    {
        Run = run,
        Attempt = attempt,
        MaxSteps = 1,
        PairsPerStep = 1,
        MaxLag = 0,
        LeaseDuration = TimeSpan.FromSeconds(10),
        CheckpointEvery = 0,
        GroupsPerClaim = 1,
        Rewards = [],
        StallLimit = TimeSpan.FromMinutes(1),
        GroupLimit = TimeSpan.FromMinutes(1),
    };

    private void Registered(params RunEntry[] runs) => _register.Follow(-1, Arg.Any<CancellationToken>()).Returns(Register(runs));

    private Task<Grains.IRolloutEngine> Engine(string run, int attempt) => _services.Engine(Spec(run, attempt), Worker, default);

    private ClusterRunServices Services(TimeProvider time) => new(
        new(_grains),
        entry =>
        {
            lock (_opened) _opened.Add(entry);
            return new(entry, _place);
        },
        time);
}
