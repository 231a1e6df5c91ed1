using PairUni.Contracts;
using PairUni.Grains;

namespace PairUni.Cli.Bench;

/// <summary>Pairs without content.</summary>
internal sealed class StubPairs : IPairSource
{
    private static readonly GroupSpec Spec = new()
    {
        Prompt = "",
        Image = default,
        Question = "",
        Answer = "",
        Tag = "",
        Record = "",
        Similarity = 1,
        Aligned = true,
        GroupSize = 2,
        Seeds = [1, 2],
        Temperature = 1,
        CfgWeight = 1,
        MaxNewTokens = 1,
        TeacherForced = false,
    };

    public int Count => 1;

    public PairWork Get(int step, int slot) => new(Spec, Spec);
}
