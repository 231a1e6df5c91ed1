using PairUni.Contracts;
using PairUni.Grains;

namespace PairUni.Cli.Bench;

/// <summary>Pairs without content, as many as are wanted.</summary>
/// <param name="samples">Samples of a group.</param>
/// <param name="tokens">Tokens of a sample.</param>
internal sealed class StubPairs(int samples, int tokens) : IPairSource
{
    private readonly GroupSpec _spec = new()
    {
        Prompt = "a red circle above a blue square",
        Image = default,
        Question = "",
        Answer = "A",
        Tag = "",
        Record = "",
        Similarity = 1,
        Aligned = true,
        GroupSize = samples,
        Seeds = [.. Enumerable.Range(1, samples).Select(i => (ulong)i)],
        Temperature = 1,
        CfgWeight = 1,
        MaxNewTokens = tokens,
        TeacherForced = false,
    };

    public int Count => int.MaxValue;

    public PairWork Get(int step, int slot) => new(_spec, _spec);
}
