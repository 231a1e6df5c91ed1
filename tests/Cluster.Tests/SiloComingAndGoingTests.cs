using PairUni.Cli.Chaos;
using PairUni.Client;
using PairUni.Contracts;

namespace PairUni.Cluster.Tests;

/// <summary>What people see when silos come, leave and die: commands and silos as processes.</summary>
public sealed class SiloComingAndGoingTests : IAsyncLifetime
{
    private TestCluster _cluster = null!;

    public async ValueTask InitializeAsync() => _cluster = await TestCluster.Start();

    public ValueTask DisposeAsync() => _cluster.DisposeAsync();

    [Fact]
    public async Task Commands_WhileAKilledSiloStillCounts_WaitUntilItsGrainsAreElsewhere()
    {
        // Alone at first, so that the register comes up on it.
        var first = await _cluster.Silo("first", "learner");
        await _cluster.Silo("second", "learner");
        await _cluster.Done("submit", _cluster.Config(steps: 1000), "--name", "long");
        await TestCluster.End(first, ProcessSignal.Kill);

        var answers = await Task.WhenAll(_cluster.Run("status"), _cluster.Run("pause", "long"));

        foreach (var (code, _, error) in answers) code.ShouldBe(0, error);
        answers[0].Out.ShouldContain("silo second");
        answers[0].Out.ShouldContain("run long");
        (await _cluster.Done("stop", "long")).ShouldBe("long stops after the step under way\n");
    }

    [Fact]
    public async Task ACall_ThatNobodyAnswers_EndsWithOneSentenceThatNamesItsBound()
    {
        var learner = await _cluster.Silo("learner", "learner");
        await _cluster.Silo("rollout", "rollout");
        await using var client = await PairUniClient.Connect(_cluster.Address with { Patience = TimeSpan.FromSeconds(2) });
        await TestCluster.End(learner, ProcessSignal.Kill);

        var error = await Should.ThrowAsync<UserErrorException>(() => client.Silos());
        error.Message.ShouldStartWith("The cluster gave no answer within 2 s; see that a learner silo runs and ask again (the last attempt: ");
    }

    [Fact]
    public async Task ASiloThatLeft_IsNotListedAnyMore_NotEvenWhenItHadTheRegister()
    {
        var first = await _cluster.Silo("first", "learner");
        await _cluster.Silo("second", "learner");
        var third = await _cluster.Silo("third", "rollout,reward");

        (await TestCluster.End(third, ProcessSignal.Terminate)).ShouldBe(0);
        var status = await _cluster.Done("status");
        status.ShouldContain("silo first ");
        status.ShouldContain("silo second ");
        status.ShouldNotContain("third");

        (await TestCluster.End(first, ProcessSignal.Terminate)).ShouldBe(0);
        status = await _cluster.Done("status");
        status.ShouldContain("silo second ");
        status.ShouldNotContain("first");
    }

    [Fact]
    public async Task ASecondSiloOfTheSameName_EndsWithOneSentence()
    {
        await _cluster.Silo("twin", "learner");

        (await _cluster.Refused("silo", "--roles", "rollout", "--name", "twin")).ShouldStartWith("pairuni: A silo named twin is in the cluster already, at 127.0.0.1:");
        (await _cluster.Done("status")).ShouldContain("1 silos");
    }

    [Fact]
    public async Task ASiloToldToLeaveWhileItWaitsToJoin_EndsWell()
    {
        var waiting = _cluster.Begin("waiting", "rollout");
        using var redis = await StackExchange.Redis.ConnectionMultiplexer.ConnectAsync(_cluster.Redis.ConnectionString);
        await TestCluster.Until(async () => (await redis.GetDatabase().HashValuesAsync("pairuni/pairuni/members/pairuni")).Any(m => m.ToString().Contains("\"Active\"", StringComparison.Ordinal)));
        waiting.HasJoined.ShouldBeFalse();

        (await TestCluster.End(waiting, ProcessSignal.Terminate)).ShouldBe(0, File.ReadAllText(waiting.Log));
        File.ReadAllText(waiting.Log).ShouldContain("left before it had joined");
    }

    [Fact]
    public async Task Drain_WithoutARun_KeepsAWorkerFromTheNext_AndSendsSilosOfAllRolesAway()
    {
        var one = await _cluster.Silo("one", "learner,reward");
        await _cluster.Silo("two", "learner,reward");
        var workers = await _cluster.Silo("workers", "rollout", "--devices", "2");

        (await _cluster.Refused("drain", "workers/2")).ShouldBe("pairuni: There is no worker or silo 'workers/2' in this cluster; pairuni status lists them\n");
        await _cluster.Done("drain", "workers/0");
        (await _cluster.Done("status")).ShouldContain("workers/0 was told to leave");
        var watch = (await _cluster.Done("submit", _cluster.Config(steps: 3), "--name", "next")).Split("follow it with: pairuni ")[1].Trim();
        var (code, shown, error) = await _cluster.RunLine(watch);
        code.ShouldBe(0, error);
        shown.ShouldContain("step 3/3");
        shown.ShouldEndWith("next finished\n");
        var journal = await File.ReadAllTextAsync(Path.Combine(_cluster.Runs, "next", "journal.jsonl"));
        journal.ShouldContain("workers/1");
        journal.ShouldNotContain("workers/0");

        await _cluster.Done("drain", "one");
        await _cluster.Done("drain", "workers");
        foreach (var silo in new[] { one, workers })
        {
            await silo.Ended.WaitAsync(TimeSpan.FromMinutes(1));
            silo.ExitCode.ShouldBe(0, File.ReadAllText(silo.Log));
        }

        (await _cluster.Done("status")).ShouldContain("1 silos");
    }
}
