using PairUni.Learner.Eval;

namespace PairUni.Cli.Models;

/// <summary>Passes an evaluation's progress on at once, on whatever thread it comes.</summary>
internal sealed class DirectProgress(Action<int> done) : IProgress<EvalProgress>
{
    public void Report(EvalProgress value) => done(value.Done);
}
