using PairUni.Client;
using PairUni.Contracts;
using PairUni.Contracts.Options;

namespace PairUni.Scripts.Tests;

/// <summary>The client's API against a cluster of processes.</summary>
[Collection(OnLittleCluster.Name)]
public sealed class ClientTests(LittleCluster cluster)
{
    [Fact]
    public async Task ARun_IsFollowed_LookedAt_Changed_Paused_AndStopped()
    {
        await using var client = await PairUniClient.Connect(cluster.Address);
        var run = await client.Submit("followed", RunOptionsJson.Read(await File.ReadAllTextAsync(cluster.Options(steps: 1_000_000))));
        (await client.Runs()).Single(r => r.Name == "followed").Phase.ShouldBe(RunPhase.Running);

        try
        {
            // The rate of the file until the change has arrived, then the new one and never the old one again.
            var rates = new List<double>();
            await foreach (var step in run.Steps())
            {
                rates.Add(step.Metrics["optim/lr"]);
                step.Step.ShouldBe(rates.Count);
                if (rates.Count == 1)
                {
                    // Groups are kept until the next step is trained, so some tries come too late.
                    OfferGroup? group = null;
                    await Until(async () => (group = (await run.Groups((await run.Status()).Version)).FirstOrDefault(g => g.Group.Key.Task == TaskKind.Generate)) is not null);
                    group!.Group.Samples.Length.ShouldBe(4);
                    group.Score.Rewards.Length.ShouldBe(4);
                    group.Group.Samples[0].Image.Length.ShouldBeGreaterThan(8);
                    await run.Change(new() { Lr = 0.5e-3 });
                }

                if (rates[^1] == 0.5e-3) break;
                rates[^1].ShouldBe(1e-3);
                rates.Count.ShouldBeLessThan(2000);
            }

            (await Should.ThrowAsync<UserErrorException>(() => run.Change(new() { Lr = 2 }))).Message.ShouldBe("learner.lr cannot be 2: it must be above 0 and at most 1.");
            await run.Pause();
            await Until(async () => (await run.Status()).Paused);
            await run.Resume();
            await Until(async () => !(await run.Status()).Paused);
        }
        finally
        {
            // It would keep the other tests' runs from the workers.
            await run.Stop();
        }

        (await run.End()).Phase.ShouldBe(RunPhase.Stopped);
        (await Should.ThrowAsync<UserErrorException>(() => run.Change(new() { Lr = 1e-4 }))).Message.ShouldStartWith("There is no run 'followed' that goes on");
    }

    [Fact]
    public async Task AnotherToken_IsRefusedInOneSentence()
    {
        var address = cluster.Address with { Token = new("another-token-of-length", "test") };
        (await Should.ThrowAsync<UserErrorException>(() => PairUniClient.Connect(address))).Message.ShouldContain("token");
    }

    [Fact]
    public async Task WhatIsNotThere_IsSaidInOneSentence()
    {
        await using var client = await PairUniClient.Connect(cluster.Address);
        (await Should.ThrowAsync<UserErrorException>(() => client.Drain("nobody"))).Message.ShouldBe("There is no worker or silo 'nobody' in this cluster; pairuni status lists them.");
        (await Should.ThrowAsync<UserErrorException>(() => client.Run("nothing").End())).Message.ShouldBe("There is no run 'nothing' in this cluster; pairuni status lists them.");
    }

    [Fact]
    public async Task ASilo_IsReady_AndShowsItsFigures()
    {
        await using var client = await PairUniClient.Connect(cluster.Address);
        using var http = new HttpClient { BaseAddress = new((await client.Silos()).Single(s => s.Name == "one").Http) };

        foreach (var probe in new[] { "health/startup", "health/ready", "health/live" })
            (await http.GetStringAsync(new Uri(probe, UriKind.Relative))).ShouldBe("ok\n");
        (await http.GetStringAsync(new Uri("metrics", UriKind.Relative))).ShouldContain("\npairuni_cluster_work_waiting ");
        (await http.GetAsync(new Uri($"weights/x/{new string('0', 64)}", UriKind.Relative))).StatusCode.ShouldBe(System.Net.HttpStatusCode.Unauthorized);
    }

    private static async Task Until(Func<Task<bool>> condition)
    {
        using var limit = new CancellationTokenSource(TimeSpan.FromMinutes(1));
        while (!await condition()) await Task.Delay(100, limit.Token);
    }
}
