using PairUni.Cli.Config;
using PairUni.Cli.Training;
using PairUni.Contracts.Options;
using PairUni.Silo;

namespace PairUni.Cli.Tests.Training;

public sealed class RunSettingsTests : IDisposable
{
    private static readonly Dictionary<string, string> NoVariables = [];
    private readonly TemporaryFolder _folder = new();

    [Fact]
    public void AResumedRun_GoesOnWithItsOwnSettings_AndSaysWhatIsNew()
    {
        var used = new RunOptions { Run = new() { Name = "r", Out = _folder.Path, Seed = 5 }, Learner = new() { Lr = 1e-3, MaxSteps = 10 } };
        _folder.File("r/config.resolved.yaml", ResolvedConfig.Write(used));

        var settings = RunSettings.Resolve(null, [$"run.out={_folder.Path}", "learner.max_steps=20"], "r", RunFolderMode.Resume, NoVariables);

        (settings.Options.Run.Seed, settings.Options.Learner.Lr, settings.Options.Learner.MaxSteps).ShouldBe((5, 1e-3, 20));
        settings.Changes.ShouldBe(["learner.max_steps was 10 and is now 20"]);
    }

    [Fact]
    public void AResumedRunWithAConfig_TakesTheConfig()
    {
        _folder.File("r/config.resolved.yaml", ResolvedConfig.Write(new RunOptions { Run = new() { Name = "r", Out = _folder.Path, Seed = 5 } }));
        var config = _folder.File("c.yaml", "run: {seed: 6}\n");

        var settings = RunSettings.Resolve(config, [$"run.out={_folder.Path}"], "r", RunFolderMode.Resume, NoVariables);

        settings.Options.Run.Seed.ShouldBe(6);
        settings.Changes.ShouldBe(["run.seed was 5 and is now 6"]);
    }

    [Fact]
    public void EvaluatedCheckpoints_AreKept() =>
        RunSettings.Resolve(null, ["checkpoint.every=5", "eval.every=10"], "r", RunFolderMode.New, NoVariables).Options.Checkpoint.KeepEvery.ShouldBe(10);

    public void Dispose() => _folder.Dispose();
}
