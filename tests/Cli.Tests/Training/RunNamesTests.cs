using PairUni.Cli.Training;
using PairUni.Contracts.Options;
using PairUni.Silo;

namespace PairUni.Cli.Tests.Training;

public sealed class RunNamesTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    [Fact]
    public void AGivenName_IsKept() => RunNames.Of(new() { Run = new() { Name = "mine" } }, "configs/smoke.yaml", RunFolderMode.New).ShouldBe("mine");

    [Theory]
    [InlineData(0, RunFolderMode.New, "smoke")]
    [InlineData(1, RunFolderMode.New, "smoke-2")]
    [InlineData(3, RunFolderMode.New, "smoke-4")]
    [InlineData(0, RunFolderMode.Resume, "smoke")]
    [InlineData(1, RunFolderMode.Resume, "smoke")]
    [InlineData(3, RunFolderMode.Resume, "smoke-3")]
    [InlineData(3, RunFolderMode.Overwrite, "smoke-3")]
    public void WithoutAName_NewRunsTakeTheFirstFreeOneAndOthersTheNewest(int runs, RunFolderMode mode, string name)
    {
        for (var run = 1; run <= runs; run++)
            _folder.File($"{(run == 1 ? "smoke" : $"smoke-{run}")}/config.resolved.yaml", "");
        RunNames.Of(Options(), "configs/smoke.yaml", mode).ShouldBe(name);
    }

    [Fact]
    public void WithoutAConfig_TheNameIsDefault() => RunNames.Of(Options(), null, RunFolderMode.New).ShouldBe("default");

    public void Dispose() => _folder.Dispose();

    private RunOptions Options() => new() { Run = new() { Out = _folder.Path } };
}
