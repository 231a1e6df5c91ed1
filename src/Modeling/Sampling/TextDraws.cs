using PairUni.Modeling.Text;

namespace PairUni.Modeling.Sampling;

/// <summary>The answers drawn so far, and the rule that draws the next token of those that have not ended.</summary>
internal sealed class TextDraws(ulong[] seeds, int endId, int vocabulary, TextSamplingOptions options)
{
    private readonly Categorical _categorical = new(vocabulary);
    private readonly List<int>[] _tokens = [.. seeds.Select(_ => new List<int>())];
    private readonly List<float>[] _logp = [.. seeds.Select(_ => new List<float>())];
    private readonly bool[] _finished = new bool[seeds.Length];

    public bool AllFinished => Array.TrueForAll(_finished, finished => finished);

    /// <summary>Draws token <paramref name="step"/> of every unfinished answer.</summary>
    /// <param name="sharing">Samples that share one row of logits: the group's size right after the prompt, then 1.</param>
    public void Take(HostLogits logits, int step, int sharing)
    {
        for (int b = 0; b < seeds.Length; b++)
        {
            if (_finished[b])
                continue;
            ReadOnlySpan<float> row = logits[b / sharing];
            (int token, double logp) = _categorical.Draw(row, options.Temperature, SampleSeed.Uniform(seeds[b], step));
            _tokens[b].Add(token);
            _logp[b].Add((float)(options.Temperature == 0 ? _categorical.Logp(row, 0, token) : logp));
            _finished[b] = token == endId;
        }
    }

    /// <summary>The newest token of every answer; those that have ended repeat their end.</summary>
    public long[] LastTokens() => [.. _tokens.Select(row => (long)row[^1])];

    public TextSamples Slice(int start, int count, JanusTokenizer tokenizer)
    {
        int[][] tokens = [.. _tokens.Skip(start).Take(count).Select(row => row.ToArray())];
        return new TextSamples
        {
            Tokens = tokens,
            Logp = [.. _logp.Skip(start).Take(count).Select(row => row.ToArray())],
            Finished = _finished[start..(start + count)],
            Texts = [.. tokens.Select(row => tokenizer.Decode(row))],
        };
    }
}
