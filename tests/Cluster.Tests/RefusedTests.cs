using PairUni.Cli.Chaos;
using PairUni.Client;
using PairUni.Contracts;
using PairUni.Contracts.Options;
using PairUni.Silo;

namespace PairUni.Cluster.Tests;

/// <summary>What a cluster does not take, and what it says: commands and silos as processes.</summary>
public sealed class RefusedTests : IAsyncLifetime
{
    private TestCluster _cluster = null!;

    public async ValueTask InitializeAsync() => _cluster = await TestCluster.Start();

    public ValueTask DisposeAsync() => _cluster.DisposeAsync();

    [Fact]
    public async Task ARun_IsNotSubmittedTwice_AndNotResumedWithAnotherModel()
    {
        await _cluster.Silo("all", "rollout,reward,learner");
        var config = _cluster.Config(steps: 1);
        await _cluster.Done("submit", config, "--name", "r");
        (await _cluster.Done("watch", "r")).ShouldEndWith("r finished\n");
        (await _cluster.Refused("submit", config, "--name", "r")).ShouldContain("The run 'r' was submitted already (finished)");

        File.AppendAllText(Path.Combine(_cluster.Model, "config.json"), "\n");
        (await _cluster.Refused("submit", _cluster.Config(steps: 2), "--name", "r", "--resume")).ShouldMatch(
            "^pairuni: The run was begun with the model [0-9a-f]{12}, .*/model is now [0-9a-f]{12}; resume it with its own model, or begin a run with another --name\n$");
    }

    [Fact]
    public async Task AWorkerWithAnotherModel_GetsNoWork_AndStatusSaysWhy_WithBothFingerprints()
    {
        await _cluster.Silo("learner", "learner,reward");
        await _cluster.Done("submit", _cluster.Config(steps: 1), "--name", "r");
        var journal = Path.Combine(_cluster.Runs, "r", "journal.jsonl");
        await TestCluster.Until(() => Task.FromResult(File.Exists(journal) && File.ReadAllText(journal).Contains("planned", StringComparison.Ordinal)));

        File.AppendAllText(Path.Combine(_cluster.Model, "config.json"), "\n");
        var other = await _cluster.Silo("other", "rollout");
        const string Sentence = "other/0: The worker other/0 generates with build [0-9a-f]{12}, model ([0-9a-f]{12}), the run r is trained with build [0-9a-f]{12}, model ([0-9a-f]{12}); give both the same build and the same model";
        var status = "";
        await TestCluster.Until(async () => (status = await _cluster.Done("status")).Contains("no work for", StringComparison.Ordinal));
        status.ShouldMatch("no work for " + Sentence);
        File.ReadAllText(other.Log).ShouldMatch(Sentence);
        File.ReadAllText(journal).ShouldNotContain("claimed");
    }

    [Fact]
    public async Task ASiloWhoseClockIsWrong_IsToldHowMuch()
    {
        await _cluster.Silo("learner", "learner");
        var settings = new SiloSettings { Name = "early", Roles = SiloRole.Rollout, Redis = RedisDoor.Options(_cluster.Redis.Endpoint, null) };

        var error = await Should.ThrowAsync<UserErrorException>(() => ClusterSilo.Start(settings, new NoOutputs(), new EarlyTime(), CancellationToken.None));
        error.Message.ShouldBe("This machine's clock is 20 s ahead of the cluster's; set it right (NTP), at most 10 s may differ.");
        (await _cluster.Done("status")).ShouldContain("silo learner");
    }

    private sealed class EarlyTime : TimeProvider
    {
        public override DateTimeOffset GetUtcNow() => System.GetUtcNow() + TimeSpan.FromSeconds(20);
    }

    private sealed class NoOutputs : IRunOutputs
    {
        public void Tell(string line)
        {
        }

        public RunOptions Placed(RunOptions options) => options;

        public void Begin(RunOptions options, RunFolder folder) => throw new NotSupportedException();

        public IProgressSink Open(RunOptions options, RunFolder folder) => throw new NotSupportedException();

        public void End(RunFolder folder) => throw new NotSupportedException();
    }
}
