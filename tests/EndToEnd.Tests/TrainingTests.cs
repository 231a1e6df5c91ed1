namespace PairUni.EndToEnd.Tests;

public sealed class TrainingTests(TinyRuns runs) : IClassFixture<TinyRuns>
{
    [Fact]
    public async Task TwoRunsOfOneSeed_HaveTheSameMetrics()
    {
        await runs.Straight;
        await PairUniProcess.Run(0, runs.Train("two", "--set", "rollout.workers=1"));
        runs.Curve("straight").Length.ShouldBe(8);
        runs.Curve("two").ShouldBe(runs.Curve("straight"));
        runs.Curve("straight")[0].ShouldContain("reward/mean=");
        runs.Curve("straight").ShouldContain(line => line.Contains("optim/grad_norm=") && !line.Contains("optim/grad_norm=0 "), "there must be something to learn");
        (await PairUniProcess.Run(0, "journal", "check", runs.Folder("straight"))).ShouldNotBeEmpty();
        File.Exists(runs.File("straight", "report.html")).ShouldBeTrue();
    }

    [Fact]
    public async Task ARunThatIsKilledAgainAndAgain_HasTheMetricsOfOneThatWasNot()
    {
        await runs.Straight;
        string[] mode = [];
        foreach (var lines in new[] { 12, 41, 40, 55 })
        {
            using var process = PairUniProcess.Start(runs.Train("killed", mode));
            var before = runs.Journal("killed");
            await process.Until(() => runs.Journal("killed") >= before + lines);
            await process.Kill();
            mode = ["--resume"];
        }

        await PairUniProcess.Run(0, runs.Train("killed", mode));
        runs.Curve("killed").ShouldBe(runs.Curve("straight"));
        await PairUniProcess.Run(0, "journal", "check", runs.Folder("killed"));
    }

    [Fact]
    public async Task ARunThatIsInterrupted_SavesItsStep_AndGoesOnWithTheSameMetrics()
    {
        await runs.Straight;
        using (var process = PairUniProcess.Start(runs.Train("interrupted")))
        {
            await process.Until(() => File.Exists(runs.File("interrupted", "metrics.jsonl")) && runs.Curve("interrupted").Length >= 1);
            process.Interrupt();
            await process.Ends(130);
        }

        var done = runs.Curve("interrupted").Length;
        done.ShouldBeLessThan(8);
        File.ReadAllText(runs.File("interrupted", "checkpoints/latest")).Trim().ShouldBe($"step-{done:D6}");
        await PairUniProcess.Run(0, runs.Train("interrupted", "--resume"));
        runs.Curve("interrupted").ShouldBe(runs.Curve("straight"));
    }

    [Fact]
    public async Task ATakenName_IsRefusedInOneSentence()
    {
        await runs.Straight;
        var text = await PairUniProcess.Run(2, runs.Train("straight"));
        text.ShouldContain("The run 'straight' exists already");
        text.Trim().Split('\n').Length.ShouldBe(1);
    }
}
