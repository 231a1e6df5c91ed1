using PairUni.Cli.Chaos;
using PairUni.Cli.Tests;
using PairUni.Contracts;

namespace PairUni.Cluster.Tests;

/// <summary>A run on several processes of this machine while some of them die.</summary>
public sealed class ChaosTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly StringWriter _said = new();

    [Fact]
    public async Task ARunUnderFaults_TrainsEveryGroupOnce_WithTheMetricsOfOneThatNobodyDisturbed()
    {
        var options = new ChaosOptions
        {
            Seed = 3,
            Length = TimeSpan.FromSeconds(24),
            Fleet = FleetPlan.Parse("learner+reward,learner+reward,rollout,rollout"),
            Bounds = new()
            {
                FaultsInTwoMinutes = 25,
                QuietEnd = TimeSpan.FromSeconds(4),
                Kinds = new Dictionary<FaultKind, (double, double)>
                {
                    [FaultKind.Kill] = (0.2, 1),
                    [FaultKind.KillLearner] = (0.2, 1),
                    [FaultKind.Pause] = (0.5, 2),
                    [FaultKind.RestartRedis] = (0.2, 1),
                    [FaultKind.CutSilo] = (0.5, 2),
                },
            },
        };
        var result = await Run(options);
        result.Findings.ShouldBeEmpty(_said.ToString());
        result.Faults.Count.ShouldBe(5, _said.ToString());
        result.Faults.ShouldContain(f => f.Fault.Kind == FaultKind.KillLearner);
        var steps = result.Journal.Version;
        steps.ShouldBeGreaterThan(1, _said.ToString());
        (result.Journal.Trained.Count, result.Comparison.Steps).ShouldBe((8 * steps, steps));
        result.Journal.Restores.ShouldBeGreaterThan(1, "the learner came up again");
    }

    [Fact]
    public async Task WhatACommandSays_IsNeverPassedOver()
    {
        await using var redis = await RedisServer.Start();
        var commands = new ClusterCommands(redis.Endpoint, new string('t', 32), TimeProvider.System);
        var error = await Should.ThrowAsync<UserErrorException>(() => commands.Run(CancellationToken.None, "submit", _folder.File("bad.yaml", "learner: {steps: 3}")));
        error.Message.ShouldContain("ended with exit code 2");
        error.Message.ShouldContain("learner.steps");
    }

    public void Dispose() => _folder.Dispose();

    private Task<ChaosResult> Run(ChaosOptions options)
    {
        var place = new ChaosPlace(Directory.CreateDirectory(Path.Combine(_folder.Path, "chaos")).FullName);
        var undisturbed = new UndisturbedRun(new(Path.Combine(_folder.Path, "undisturbed")), options.MaxLag);
        return new ChaosRun(options, place, undisturbed, new(place.Events, _said, TimeProvider.System), TimeProvider.System).Run(CancellationToken.None);
    }
}
