using PairUni.Cli;
using PairUni.Cli.Tests;

namespace PairUni.EndToEnd.Tests;

/// <summary>Each is one sentence on standard error, exit code 2, and nothing is lost.</summary>
[Collection("runs")]
public sealed class BadInputTests : IDisposable
{
    private readonly TinyRun _tiny = new();

    [Theory]
    [InlineData("model.path=none", "pairuni: The model folder none does not exist")]
    [InlineData("data.path=none.jsonl", "pairuni: none.jsonl: ")]
    [InlineData("data.held_out=none", "pairuni: none/prompts.jsonl: ")]
    [InlineData("rollout.group_size=1", "pairuni: --set rollout.group_size: rollout.group_size is 1; it must be a whole number from 2 to 1024")]
    [InlineData("learner.freeze=[no_such_module]", "pairuni: ")]
    [InlineData("model.device=cuda:0", "pairuni: model.device is cuda:0, but there is no CUDA device here")]
    public async Task AWrongSetting_IsOneSentence_AndTheNameStaysFree(string set, string begin)
    {
        Check(await _tiny.Train("bad", "--set", set), begin);
        Directory.Exists(_tiny.PathOf("bad")).ShouldBeFalse();
    }

    [Fact]
    public async Task ATakenName_IsRefused_AndTheRunIsUntouched()
    {
        (await _tiny.Train("one", "--set", "learner.max_steps=1")).Code.ShouldBe(0);
        var metrics = File.ReadAllText(Path.Combine(_tiny.PathOf("one"), "metrics.jsonl"));
        Check(await _tiny.Train("one"), "pairuni: The run 'one' exists already");
        File.ReadAllText(Path.Combine(_tiny.PathOf("one"), "metrics.jsonl")).ShouldBe(metrics);
        (await _tiny.Train("one", "--overwrite", "--set", "learner.max_steps=1")).Code.ShouldBe(0);
    }

    [Fact]
    public async Task AnUnknownRun_CannotBeResumed() => Check(await _tiny.Train("none", "--resume"), "pairuni: There is no run 'none'");

    [Fact]
    public async Task AFolderThatCannotBeMade_IsNamed()
    {
        var file = Path.Combine(_tiny.Folder, "file");
        File.WriteAllText(file, "");
        Check(await _tiny.Train("one", "--set", $"run.out={file}"), "pairuni: ");
    }

    [Fact]
    public async Task AFolderWithoutWritePermission_IsNamed() => Check(await _tiny.Train("one", "--set", "run.out=/sys/pairuni"), "pairuni: The run's folder /sys/pairuni/one cannot be written: ");

    [Fact]
    public void AFullDiskThatSeveralThreadsHit_IsOneSentenceWithTheRemedy()
    {
        var report = new StringWriter();
        var full = Should.Throw<IOException>(() => File.WriteAllText("/dev/full", "x"));
        ErrorReport.Tell(new AggregateException(full, full), report, verbose: false).ShouldBe(2);
        report.ToString().ShouldBe("pairuni: No space left on device : '/dev/full'; free disk space and run this again\n");
    }

    [Fact]
    public async Task AnOutputThatCannotBeMade_IsNamed() =>
        Check(await CliTest.Run("generate", "--model", _tiny.Model, "--prompt", "x", "-n", "1", "--out", "/sys/pairuni"), "pairuni: Access to the path '/sys/pairuni' is denied; fix the permissions or choose another place");

    [Fact]
    public async Task AConfigThatIsAFolder_IsNamed() => Check(await CliTest.Run("train", _tiny.Folder), $"pairuni: {_tiny.Folder} is a folder; name a config file in it");

    [Fact]
    public async Task ABrokenLineOfData_IsNamedWithItsNumber()
    {
        var data = Path.Combine(_tiny.Folder, "data");
        (await CliTest.Run("data", "shapes", "--out", data, "--pairs", "8", "--held-out-prompts", "1", "--held-out-questions", "6")).Code.ShouldBe(0);
        var file = Path.Combine(data, "train.jsonl");
        var lines = File.ReadAllLines(file);
        lines[4] = lines[4].Replace("\"similarity\":", "\"similarity\":7", StringComparison.Ordinal);
        File.WriteAllLines(file, lines);
        Check(await _tiny.Train("one", "--set", $"data.path={file}"), $"pairuni: {file}:5: ");
    }

    public void Dispose() => _tiny.Dispose();

    private static void Check((int Code, string Out, string Error) result, string begin)
    {
        result.Error.ShouldStartWith(begin);
        result.Error.Count(c => c == '\n').ShouldBe(1, result.Error);
        result.Code.ShouldBe(2);
    }
}
