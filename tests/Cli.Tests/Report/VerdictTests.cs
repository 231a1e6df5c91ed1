using PairUni.Cli.Report;
using PairUni.Cli.RunFiles;

namespace PairUni.Cli.Tests.Report;

public sealed class VerdictTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    [Fact]
    public void AnImprovementThatIsClear_IsCalledOne()
    {
        MadeUpRun.Write(_folder.Path, promptsPerTag: 16, samples: 4, questions: 400);
        Verdict.Of(RunRecord.Read(_folder.Path)).ShouldMatch(
            "^On held-out prompts and questions after 60 steps, drawing improved from [0-9.]+ % to [0-9.]+ % \\(\\+[0-9.]+ points, 95 % interval \\+[0-9.]+ to \\+[0-9.]+\\), and answering improved from ");
    }

    [Fact]
    public void WithoutAChange_NothingIsClaimed()
    {
        MadeUpRun.Write(_folder.Path, evals: [60]);
        EvalFolder.Write(EvalFolder.PathOf(_folder.Path, 0), MadeUpRun.Report(0, 1, 8, 2, 100));
        Verdict.Of(RunRecord.Read(_folder.Path)).ShouldContain("drawing did not change measurably");
    }

    [Fact]
    public void ALoss_IsCalledOne()
    {
        MadeUpRun.Write(_folder.Path, evals: [60], promptsPerTag: 16, samples: 4);
        EvalFolder.Write(EvalFolder.PathOf(_folder.Path, 0), MadeUpRun.Report(0, 2, 16, 4, 100));
        Verdict.Of(RunRecord.Read(_folder.Path)).ShouldContain("drawing got worse, from ");
    }

    [Theory]
    [InlineData(new int[0], "Not evaluated: there is no held-out score in this run's folder.")]
    [InlineData(new[] { 0 }, "Evaluated only at step 0: nothing to compare with yet.")]
    public void WithoutTwoEvaluations_ItSaysSo(int[] evals, string sentence)
    {
        MadeUpRun.Write(_folder.Path, evals: evals);
        Verdict.Of(RunRecord.Read(_folder.Path)).ShouldBe(sentence);
    }

    public void Dispose() => _folder.Dispose();
}
