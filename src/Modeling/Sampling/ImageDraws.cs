using PairUni.Modeling.Janus;

namespace PairUni.Modeling.Sampling;

// B samples of all requests, N tokens of an image, V codes

/// <summary>The tokens drawn so far, and the rule that draws the next: guided logits, temperature, the sample's own uniforms.</summary>
internal sealed class ImageDraws
{
    private readonly ulong[] _seeds;
    private readonly ImageSamplingOptions _options;
    private readonly Categorical _categorical;
    private readonly Func<ulong, int, double> _uniform;
    private readonly float[] _guided;

    public ImageDraws(ulong[] seeds, JanusConfig config, ImageSamplingOptions options, Func<ulong, int, double> uniform)
    {
        (int tokens, int codes) = (Math.Min(options.MaxTokens ?? int.MaxValue, config.ImageTokens), config.Vq.CodebookSize);
        _uniform = uniform;
        _seeds = seeds;
        _options = options;
        _categorical = new Categorical(codes);
        _guided = new float[codes];
        Tokens = [.. seeds.Select(_ => new int[tokens])];
        LogpConditional = [.. seeds.Select(_ => new float[tokens])];
        LogpSampler = [.. seeds.Select(_ => new float[tokens])];
    }

    public int Count => _seeds.Length;

    /// <summary>Tokens drawn for each sample.</summary>
    public int Length => Tokens[0].Length;

    public int[][] Tokens { get; }

    public float[][] LogpConditional { get; }

    public float[][] LogpSampler { get; }

    /// <summary>Draws token <paramref name="step"/> of every sample.</summary>
    /// <param name="logits">Conditional rows, then (under guidance) unconditional ones.</param>
    /// <param name="sharing">Samples that share one row: the group's size right after the prompt, then 1.</param>
    public void Take(HostLogits logits, int step, int sharing)
    {
        int twins = _seeds.Length / sharing;
        for (int b = 0; b < _seeds.Length; b++)
        {
            ReadOnlySpan<float> conditional = logits[b / sharing];
            bool guided = _options.CfgWeight != 1;
            ReadOnlySpan<float> law = guided ? Guide(conditional, logits[twins + b / sharing]) : conditional;
            double uniform = _uniform(_seeds[b], step);
            (int token, double logp) = _categorical.Draw(law, _options.Temperature, uniform);
            Tokens[b][step] = token;
            LogpSampler[b][step] = (float)logp;
            LogpConditional[b][step] = guided || _options.Temperature == 0
                ? (float)_categorical.Logp(conditional, _options.Temperature, token)
                : (float)logp;
        }
    }

    /// <summary>Token <paramref name="step"/> of every sample.</summary>
    public long[] Column(int step) => [.. Tokens.Select(row => (long)row[step])];

    private float[] Guide(ReadOnlySpan<float> conditional, ReadOnlySpan<float> unconditional)
    {
        float weight = (float)_options.CfgWeight;
        for (int i = 0; i < _guided.Length; i++)
            _guided[i] = unconditional[i] + weight * (conditional[i] - unconditional[i]);
        return _guided;
    }
}
