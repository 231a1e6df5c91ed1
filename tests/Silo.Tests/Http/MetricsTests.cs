using System.Diagnostics.Metrics;
using System.Net;
using Microsoft.Extensions.DependencyInjection;
using PairUni.Contracts;
using PairUni.Grains;
using PairUni.Grains.Tests;

namespace PairUni.Silo.Tests;

public sealed class MetricsTests : IDisposable
{
    private readonly ServiceProvider _services = new ServiceCollection().AddMetrics().AddSingleton<PrometheusText>().AddSingleton<SiloInstruments>().BuildServiceProvider();
    private readonly PrometheusText _text;
    private readonly SiloInstruments _instruments;

    public MetricsTests() => (_text, _instruments) = (_services.GetRequiredService<PrometheusText>(), _services.GetRequiredService<SiloInstruments>());

    [Fact]
    public void NothingCounted_WritesNothing() => _text.Write().ShouldBe("");

    [Fact]
    public void Weights_AddUp_InBytes()
    {
        _instruments.WeightsServed(3_000_000_000);
        _instruments.WeightsServed(5);
        _instruments.WeightsFetched(7);
        _text.Write().ShouldBe(
            """
            # HELP pairuni_weights_fetched_bytes_total Bytes of weights that this silo got from others.
            # TYPE pairuni_weights_fetched_bytes_total counter
            pairuni_weights_fetched_bytes_total 7
            # HELP pairuni_weights_served_bytes_total Bytes of weights that this silo sent to others.
            # TYPE pairuni_weights_served_bytes_total counter
            pairuni_weights_served_bytes_total 3000000005

            """);
    }

    [Fact]
    public async Task AMeteredEngine_CountsGroupsTokensAndImagesByTask()
    {
        var time = new ManualTime();
        var engines = new MeteredRolloutEngines(new Engines(time), _instruments, time);
        var worker = new WorkerKey("a", 0);
        engines.Of(worker).ShouldBeSameAs(engines.Of(worker));
        foreach (var task in new[] { TaskKind.Generate, TaskKind.Generate, TaskKind.Understand })
            await engines.Of(worker).Generate(Lease(task), default);

        var lines = _text.Write().Split('\n').Where(l => l.StartsWith("pairuni", StringComparison.Ordinal));
        lines.ShouldBe(
        [
            "pairuni_generation_time_seconds_total{task=\"generate\"} 4",
            "pairuni_generation_time_seconds_total{task=\"understand\"} 2",
            "pairuni_groups_generated_total{task=\"generate\"} 2",
            "pairuni_groups_generated_total{task=\"understand\"} 1",
            "pairuni_images_generated_total 2",
            "pairuni_tokens_generated_total{task=\"generate\"} 6",
            "pairuni_tokens_generated_total{task=\"understand\"} 3",
        ]);
    }

    [Fact]
    public void ATrainedStep_ShowsItsLastMetrics_WithLabelsEscaped()
    {
        _instruments.StepTrained("a\"b\\c\nd", new() { Step = 1, Version = 1, Metrics = new() { ["kl"] = 0.5 } });
        _instruments.StepTrained("a\"b\\c\nd", new() { Step = 2, Version = 2, Metrics = new() { ["kl"] = double.PositiveInfinity } });
        _text.Write().Split('\n').Where(l => l.StartsWith("pairuni", StringComparison.Ordinal)).ShouldBe(
        [
            """pairuni_run_metric{run="a\"b\\c\nd",metric="kl"} +Inf""",
            """pairuni_steps_trained_total{run="a\"b\\c\nd"} 2""",
        ]);
    }

    [Fact]
    public void WaitingWork_IsWhatIsOpenOrLeased_OfAllRuns()
    {
        _instruments.RunsStand([new("a", Status(open: 3, leased: 2)), new("b", Status(open: 0, leased: 4))]);
        var text = _text.Write();
        text.ShouldContain("\npairuni_cluster_work_waiting 9\n");
        text.ShouldContain("\npairuni_run_work_waiting{run=\"a\"} 5\npairuni_run_work_waiting{run=\"b\"} 4\n");
        text.ShouldContain("\npairuni_run_leases{run=\"a\"} 2\n");
        text.ShouldContain("\npairuni_run_workers{run=\"b\"} 2\n");

        _instruments.RunsStand([]);
        _text.Write().ShouldBe(
            """
            # HELP pairuni_cluster_work_waiting Groups of open steps of all running runs that are not generated yet; a group counts until its worker delivers it, so that no worker at work is scaled away.
            # TYPE pairuni_cluster_work_waiting gauge
            pairuni_cluster_work_waiting 0

            """);
    }

    [Fact]
    public void MetersOfOthers_AreNotShown()
    {
        using var other = new ServiceCollection().AddMetrics().AddSingleton<SiloInstruments>().BuildServiceProvider();
        other.GetRequiredService<SiloInstruments>().WeightsServed(1);
        using var foreign = new Meter("PairUni");
        foreign.CreateCounter<long>("pairuni.other").Add(1);
        _text.Write().ShouldBe("");
    }

    [Fact]
    public async Task ThePort_ShowsRuns_AndLeavesThemOutWhenTheyCannotBeAsked()
    {
        var figures = new Figures();
        await using var silo = new HttpSilo(new(), s => s.AddSingleton<IRunFigures>(figures));
        await silo.Start();
        figures.Answer = [new("a", Status(open: 1, leased: 0))];
        var (status, text) = await silo.Get(HttpPaths.Metrics);
        status.ShouldBe(HttpStatusCode.OK);
        text.ShouldContain("pairuni_cluster_work_waiting 1");

        figures.Answer = null;
        (status, text) = await silo.Get(HttpPaths.Metrics);
        (status, text).ShouldBe((HttpStatusCode.OK, ""));
    }

    public void Dispose() => _services.Dispose();

    private static RunStatus Status(int open, int leased) => new()
    {
        Phase = RunPhase.Running,
        Version = 1,
        MaxSteps = 8,
        Open = open,
        Leased = leased,
        Settled = 0,
        Workers = ["a/0", "b/0"],
        Error = "",
        UserError = false,
        WorkerEntries = [],
        Paused = false,
        Warning = "",
    };

    private static GroupLease Lease(TaskKind task) => new()
    {
        Key = new("r", 1, 0, task),
        LeaseId = 1,
        PolicyVersion = 0,
        Spec = Specs.With(),
        Duration = TimeSpan.FromSeconds(30),
    };

    private sealed class Figures : IRunFigures
    {
        public IReadOnlyList<RunFigures>? Answer { get; set; }

        public Task<IReadOnlyList<RunFigures>> Read(CancellationToken cancellationToken) =>
            Answer is { } answer ? Task.FromResult(answer) : throw new TimeoutException("the register does not answer");
    }

    /// <summary>Groups of one sample of three tokens, each made in two seconds.</summary>
    private sealed class Engines(ManualTime time) : IRolloutEngines, IRolloutEngine
    {
        public int PolicyVersion => 0;

        public string PolicyDigest => "";

        public IRolloutEngine Of(WorkerKey worker) => this;

        public Task Load(WeightManifest manifest, CancellationToken cancellationToken) => Task.CompletedTask;

        public Task<GeneratedGroup> Generate(GroupLease lease, CancellationToken cancellationToken)
        {
            time.Advance(TimeSpan.FromSeconds(2));
            var image = lease.Key.Task == TaskKind.Generate ? new byte[] { 1 } : [];
            return Task.FromResult(new GeneratedGroup
            {
                Key = lease.Key,
                Worker = "a/0",
                PolicyDigest = "",
                PolicyVersion = 0,
                Samples = [new() { Tokens = [1, 2, 3], LogpSampler = [0, 0, 0], LogpConditional = [0, 0, 0], Finished = true, Text = "", Image = image }],
            });
        }
    }
}
