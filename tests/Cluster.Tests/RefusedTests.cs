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
    public Task AWorkerWithAnotherModel_GetsNoWork_AndStatusSaysWhy_WithBothFingerprints() => NoWorkFor(
        () => File.AppendAllText(Path.Combine(_cluster.Model, "config.json"), "\n"), "build (?<same>[0-9a-f]{12}), model (?<one>[0-9a-f]{12})", "build \\k<same>, model (?!\\k<one>)[0-9a-f]{12}");

    [Fact]
    public Task AWorkerWithAnotherNativeLibrary_GetsNoWork_AndStatusSaysWhy_WithBothFingerprints() => NoWorkFor(
        () => _cluster.Program = OtherBuild(), "build (?<one>[0-9a-f]{12}), model (?<same>[0-9a-f]{12})", "build (?!\\k<one>)[0-9a-f]{12}, model \\k<same>");

    [Fact]
    public async Task ASiloWhoseClockIsWrong_IsToldHowMuch()
    {
        await _cluster.Silo("learner", "learner");
        var settings = new SiloSettings { Name = "early", Roles = SiloRole.Rollout, Redis = RedisDoor.Options(_cluster.Redis.Endpoint, null) };

        var error = await Should.ThrowAsync<UserErrorException>(() => ClusterSilo.Start(settings, new NoOutputs(), new EarlyTime(), CancellationToken.None));
        error.Message.ShouldBe("This machine's clock is 20 s ahead of the cluster's; set it right (NTP), at most 10 s may differ.");
        (await _cluster.Done("status")).ShouldContain("silo learner");
    }

    // The run begins, then something changes, then a worker joins that has the change.
    private async Task NoWorkFor(Action change, string worker, string run)
    {
        await _cluster.Silo("learner", "learner,reward");
        await _cluster.Done("submit", _cluster.Config(steps: 1), "--name", "r");
        var journal = Path.Combine(_cluster.Runs, "r", "journal.jsonl");
        await TestCluster.Until(() => Task.FromResult(File.Exists(journal) && File.ReadAllText(journal).Contains("planned", StringComparison.Ordinal)));

        change();
        var other = await _cluster.Silo("other", "rollout");
        var sentence = $"other/0: The worker other/0 generates with {worker}, the run r is trained with {run}; give both the same build and the same model";
        var status = "";
        await TestCluster.Until(async () => (status = await _cluster.Done("status")).Contains("no work for", StringComparison.Ordinal));
        status.ShouldMatch("no work for " + sentence);
        File.ReadAllText(other.Log).ShouldMatch(sentence);
        File.ReadAllText(journal).ShouldNotContain("claimed");
    }

    // The program with a byte more in its native libraries. It takes the folder of its own assembly for its own, so that one is copied, the others are links.
    private string OtherBuild()
    {
        var folder = Directory.CreateDirectory(Path.Combine(_cluster.Folder.Path, "other-build")).FullName;
        foreach (var file in Directory.GetFiles(AppContext.BaseDirectory))
        {
            var (name, to) = (Path.GetFileName(file), Path.Combine(folder, Path.GetFileName(file)));
            if (name is "pairuni" or "pairuni.dll" || name.StartsWith("libpairuni_", StringComparison.Ordinal)) File.Copy(file, to);
            else File.CreateSymbolicLink(to, file);
            if (name.StartsWith("libpairuni_", StringComparison.Ordinal)) File.AppendAllText(to, "\n");
        }

        return Path.Combine(folder, "pairuni");
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
