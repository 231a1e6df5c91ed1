namespace PairUni.EndToEnd.Tests;

[Collection("runs")]
public sealed class InterruptionTests(TinyRun tiny) : IClassFixture<TinyRun>
{
    [Fact]
    public async Task ARunThatIsKilledAgainAndAgain_HasTheMetricsOfOneThatWasNot()
    {
        await tiny.Straight;
        string[] mode = [];
        foreach (var lines in new[] { 12, 41, 40, 55 })
        {
            using var process = tiny.Start("killed", [.. TinyRun.Eight, .. mode]);
            var before = tiny.Journal("killed");
            await process.Until(() => tiny.Journal("killed") >= before + lines);
            await process.Kill();
            mode = ["--resume"];
        }

        using (var last = tiny.Start("killed", [.. TinyRun.Eight, .. mode]))
            await last.Ends(0);
        tiny.Metrics("killed").ShouldBe(tiny.Metrics("straight"));
        await PairUniProcess.Run(0, "journal", "check", tiny.PathOf("killed"));
    }

    [Theory]
    [InlineData(2, "interrupted")]
    [InlineData(15, "terminated")]
    public async Task ASignal_SavesTheStepAndLeaves_AndTheRunGoesOnWithItsOwnSettings(int signal, string name)
    {
        await tiny.LongStraight;
        using (var process = tiny.Start(name, TinyRun.Long))
        {
            await process.Until(() => tiny.Metrics(name).Length >= 1);
            process.Signal(signal);
            (await process.Ends(130)).ShouldContain($"go on with: pairuni train --name {name} --resume");
        }

        var done = tiny.Metrics(name).Length;
        done.ShouldBeLessThan(tiny.Metrics("long-straight").Length);
        File.ReadAllText(Path.Combine(tiny.PathOf(name), "checkpoints/latest")).Trim().ShouldBe($"step-{done:D6}");
        File.Exists(Path.Combine(tiny.PathOf(name), "report.html")).ShouldBeTrue();

        await PairUniProcess.Run(0, "train", "--name", name, "--resume", "--set", $"run.out={tiny.Folder}/runs");
        tiny.Metrics(name).ShouldBe(tiny.Metrics("long-straight"));
    }
}
