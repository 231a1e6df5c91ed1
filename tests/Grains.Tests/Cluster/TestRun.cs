using System.Net;
using System.Net.Sockets;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Orleans;
using Orleans.Hosting;
using Orleans.Serialization;
using PairUni.Contracts;

namespace PairUni.Grains.Tests;

/// <summary>A run in a silo of this process with made-up engines, reward and trainer. What outlives a crash is in <see cref="World"/>.</summary>
internal sealed class TestRun : IAsyncDisposable
{
    private readonly IHost _host;
    private readonly List<IRolloutGrain> _workers = [];

    private TestRun(IHost host, RunSpec spec, World world)
    {
        (_host, Spec, World) = (host, spec, world);
        Grains = host.Services.GetRequiredService<IGrainFactory>();
    }

    public RunSpec Spec { get; }

    public World World { get; }

    public FakeEngines Engines { get; private init; } = new();

    public FakePairs Pairs { get; private init; } = new();

    public FakeReward Reward { get; private init; } = new();

    public FakeTrainer Trainer { get; private init; } = null!;

    public EndObserver Observer { get; private init; } = null!;

    public IGrainFactory Grains { get; }

    public IRunGrain Run => Grains.GetGrain<IRunGrain>(Spec.Run);

    public ILearnerGrain Learner => Grains.GetGrain<ILearnerGrain>(Spec.Run);

    public static async Task<TestRun> Create(RunSpec spec, World? world = null, EndObserver? observer = null)
    {
        world ??= new();
        var (engines, pairs, reward, trainer) = (new FakeEngines(), new FakePairs(), new FakeReward(), new FakeTrainer(world.Disk));
        observer ??= new();
        var builder = Host.CreateEmptyApplicationBuilder(new());
        builder.Services.AddSingleton(TimeProvider.System);
        builder.Services.AddSingleton<IRunServices>(new OneRunServices(
            new()
            {
                Trainer = trainer,
                Pairs = pairs,
                Groups = world.Groups,
                Journal = world.Journal,
                Observer = observer,
                Fence = new OpenFence(),
            },
            engines,
            [reward]));
        builder.Services.AddSerializer(s => s.AddMessagePackSerializer());
        builder.UseOrleans(silo => silo
            .UseLocalhostClustering(FreePort(), FreePort(), clusterId: Guid.NewGuid().ToString("n"))
            .AddMemoryGrainStorage(GrainStorage.Name));
        var host = builder.Build();
        await host.StartAsync();
        return new(host, spec, world) { Engines = engines, Pairs = pairs, Reward = reward, Trainer = trainer, Observer = observer };
    }

    public FakeEngine Engine(int worker) => Engines.For(new("local", worker));

    public async Task Start(int workers = 2)
    {
        await Run.Start(Spec, default);
        for (var i = 0; i < workers; i++) await Work(i);
    }

    public async Task Work(int worker)
    {
        var grain = Grains.GetGrain<IRolloutGrain>(new WorkerKey("local", worker).ToString());
        _workers.Add(grain);
        await grain.Start(Spec, default);
    }

    /// <summary>Starts, waits for the end and expects it to be a finished one.</summary>
    public async Task Finish(int workers = 2)
    {
        await Start(workers);
        (await Observer.End).ShouldBe((RunPhase.Finished, ""));
    }

    public static async Task Until(Func<bool> condition)
    {
        var limit = Task.Delay(TimeSpan.FromSeconds(30));
        while (!condition())
        {
            limit.IsCompleted.ShouldBeFalse("the condition did not come true in time");
            await Task.Delay(2);
        }
    }

    public async ValueTask DisposeAsync()
    {
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(10));
        await _host.StopAsync(limit.Token);
        _host.Dispose();
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
