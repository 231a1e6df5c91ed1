using PairUni.Cli.Chaos;
using PairUni.Client;
using PairUni.Contracts;
using PairUni.Contracts.Options;

namespace PairUni.Scripts.Tests;

/// <summary>Each script of scripts/, run as a user runs it, on a cluster of processes.</summary>
[Collection(OnLittleCluster.Name)]
public sealed class ScriptTests(LittleCluster cluster)
{
    [Fact]
    public async Task SubmitAndWatch_ShowsEachStep_AndKeepsTheLastImages()
    {
        var images = Path.Combine(cluster.Folder, "images");
        var (code, text) = await cluster.Run("submit-and-watch.cs", "watched", cluster.Options(steps: 2), images);

        code.ShouldBe(0, text);
        text.ShouldContain("silo one: rollout, reward, learner, 1 workers");
        text.ShouldContain("step 1: reward ");
        text.ShouldContain("step 2: reward ");
        text.ShouldContain("watched finished");
        var files = Directory.GetFiles(images);
        files.Length.ShouldBe(8);
        foreach (var file in files) File.ReadAllBytes(file)[..4].ShouldBe([0x89, (byte)'P', (byte)'N', (byte)'G']);

        (code, text) = await cluster.Run("submit-and-watch.cs", "watched", cluster.Options(steps: 2));
        code.ShouldBe(2);
        text.Trim().ShouldEndWith("The run 'watched' was submitted already (finished); choose another --name, or give --resume to go on or --overwrite to begin again.");
    }

    [Fact]
    public async Task SweepPairWeights_TrainsWithEach_AndPrintsATable()
    {
        var (code, text) = await cluster.Run("sweep-pair-weights.cs", "sweep", cluster.Options(steps: 1));

        code.ShouldBe(0, text);
        foreach (var weight in new[] { "none", "linear", "sqrt" })
            text.Split('\n').Single(l => l.StartsWith($"sweep-{weight} ", StringComparison.Ordinal)).Split(' ', StringSplitOptions.RemoveEmptyEntries)[1].ShouldBe("1");
    }

    [Fact]
    public async Task Canary_FindsNoDifferenceBetweenAVersionAndItself()
    {
        var (code, text) = await cluster.Run("canary.cs", "canary", cluster.Model, cluster.Model, cluster.Options(steps: 1, pairsPerStep: 3));

        code.ShouldBe(0, text);
        text.ShouldContain("canary-before: 6 groups");
        text.ShouldContain("canary-after: 6 groups");
        text.ShouldContain("generate      3 pairs, reward +0.0000 [+0.0000, +0.0000]");
        text.ShouldContain("understand    3 pairs, reward +0.0000 [+0.0000, +0.0000]");
        text.ShouldContain("no worse: the version after may follow");
    }

    [Fact]
    public async Task RehearseScaleOut_StartsASilo_AndDrainsItAgain()
    {
        await using var client = await PairUniClient.Connect(cluster.Address);
        var run = await client.Submit("rehearsed", RunOptionsJson.Read(await File.ReadAllTextAsync(cluster.Options(steps: 1_000_000))));

        try
        {
            var (code, text) = await cluster.Run("rehearse-scale-out.cs", "rehearsed", "1", "1", PairUniProgram.Path);

            code.ShouldBe(0, text);
            text.ShouldContain("with 1: first group after ");
            text.ShouldContain(" left with exit code 0");
            text.ShouldContain(", running");
            (await client.Silos()).Select(s => s.Name).ShouldBe(["one"]);
        }
        finally
        {
            await run.Stop();
        }

        (await run.End()).Phase.ShouldBe(RunPhase.Stopped);
    }
}
