using PairUni.Contracts;
using PairUni.Silo;

namespace PairUni.Cli.Bench;

/// <summary>Counts the steps of a run and remembers the largest lag.</summary>
internal sealed class StepCounter : IProgressSink
{
    public int Steps { get; private set; }

    public int LargestLag { get; private set; }

    public void Step(StepTrained step, IReadOnlyList<OfferGroup> groups)
    {
        Steps++;
        LargestLag = Math.Max(LargestLag, groups.Max(g => step.Step - 1 - g.Group.PolicyVersion));
    }

    public void Restored(int step)
    {
    }

    public void Message(string sentence)
    {
    }
}
