using PairUni.Cli.Tests;

namespace PairUni.EndToEnd.Tests;

[Collection("runs")]
public sealed class TrainTests : IDisposable
{
    private readonly TinyRun _tiny = new();

    [Fact]
    public async Task ARun_WritesEverythingAndItsJournalHolds()
    {
        var (code, output, error) = await _tiny.Train("one", "--set", "eval.every=2");

        error.ShouldBeEmpty();
        code.ShouldBe(0);
        output.ShouldContain("step 4/4  reward ");
        output.ShouldContain("draw overall");
        output.ShouldContain("answer overall");
        var run = _tiny.PathOf("one");
        foreach (var file in new[] { "config.resolved.yaml", "command.txt", "environment.json", "metrics.jsonl", "journal.jsonl", "report.html", "checkpoints/latest", "samples/step-000002/samples.jsonl", "data/train.jsonl" })
            File.Exists(Path.Combine(run, file)).ShouldBeTrue(file);
        Directory.GetFiles(Path.Combine(run, "tb")).ShouldHaveSingleItem();
        Directory.GetDirectories(Path.Combine(run, "eval")).Select(d => Path.GetFileName(d)).Order().ShouldBe(["step-000000", "step-000002", "step-000004"]);
        _tiny.Metrics("one").Length.ShouldBe(4);
        File.ReadAllText(Path.Combine(run, "command.txt")).ShouldBe($"pairuni train {_tiny.Config} --name one --set eval.every=2\n");

        var journal = await CliTest.Run("journal", "check", run);
        (journal.Code, journal.Error).ShouldBe((0, ""));
        journal.Out.ShouldContain("16 groups planned, 16 trained, 0 dropped");
    }

    [Fact]
    public async Task ACheckpoint_IsAModelThatOtherCommandsUse()
    {
        (await _tiny.Train("one", "--set", "learner.max_steps=2")).Code.ShouldBe(0);
        var model = Path.Combine(_tiny.PathOf("one"), "checkpoints/step-000002");

        var before = await CliTest.Run("generate", "--model", _tiny.Model, "--prompt", "a red circle", "--out", Path.Combine(_tiny.Folder, "before"), "-n", "1");
        var after = await CliTest.Run("generate", "--model", model, "--prompt", "a red circle", "--out", Path.Combine(_tiny.Folder, "after"), "-n", "1");
        var eval = await CliTest.Run("eval", "--model", model, "--prompts-per-tag", "1", "--samples", "1", "--questions", "2", "--json", Path.Combine(_tiny.Folder, "eval.json"));

        (before.Code, after.Code, eval.Code).ShouldBe((0, 0, 0));
        eval.Out.ShouldContain("draw overall");
        File.ReadAllBytes(Path.Combine(model, "model.safetensors")).ShouldNotBe(File.ReadAllBytes(Path.Combine(_tiny.Model, "model.safetensors")));
        (await CliTest.Run("eval", "--model", model, "--prompts-per-tag", "1", "--samples", "1", "--questions", "2", "--before", Path.Combine(_tiny.Folder, "eval.json"))).Out.ShouldContain("change");
    }

    [Fact]
    public async Task TwoRunsOfOneSeed_HaveTheSameMetrics()
    {
        (await CliTest.Run("data", "shapes", "--out", Path.Combine(_tiny.Folder, "data"), "--pairs", "10", "--held-out-prompts", "1", "--held-out-questions", "6")).Code.ShouldBe(0);
        string[] settings = [.. TinyRun.Eight, "--set", $"data.path={_tiny.Folder}/data/train.jsonl"];
        (await _tiny.Train("one", settings)).Code.ShouldBe(0);
        (await _tiny.Train("two", [.. settings, "--set", "rollout.workers=1"])).Code.ShouldBe(0);
        _tiny.Metrics("one").Length.ShouldBe(8);
        _tiny.Metrics("two").ShouldBe(_tiny.Metrics("one"));
        _tiny.Metrics("one")[0].ShouldContain("\"reward/mean\":");
        _tiny.Learns("one");
        (await CliTest.Run("journal", "check", _tiny.PathOf("one"))).Out.ShouldNotBeEmpty();
    }

    [Fact]
    public async Task AnotherSeed_GivesOtherMetrics()
    {
        await _tiny.Train("one", "--set", "learner.max_steps=1");
        await _tiny.Train("other", "--set", "learner.max_steps=1", "--set", "run.seed=2");
        _tiny.Metrics("other").ShouldNotBe(_tiny.Metrics("one"));
    }

    [Fact]
    public async Task RunningAhead_StaysWithinMaxLag()
    {
        (await _tiny.Train("ahead", "--set", "rollout.max_lag=2", "--set", "learner.max_steps=8")).Code.ShouldBe(0);
        _tiny.Metrics("ahead").Length.ShouldBe(8);
        (await CliTest.Run("journal", "check", _tiny.PathOf("ahead"))).Code.ShouldBe(0);
    }

    public void Dispose() => _tiny.Dispose();
}
