using PairUni.Contracts;
using PairUni.Grains;

namespace PairUni.Cli.Bench.Scale;

/// <summary>Pairs without content.</summary>
internal sealed class StubPairs : IPairSource
{
    private static readonly GroupSpec Spec = new()
    {
        Prompt = "a red circle above a blue square",
        Image = default,
        Question = "",
        Answer = "A",
        Tag = "",
        Record = "",
        Similarity = 1,
        Aligned = true,
        GroupSize = StubRun.Samples,
        Seeds = [1, 2, 3, 4, 5, 6, 7, 8],
        Temperature = 1,
        CfgWeight = 1,
        MaxNewTokens = 8,
        TeacherForced = false,
    };

    public int Count => int.MaxValue;

    public PairWork Get(int step, int slot) => new(Spec, Spec);
}
