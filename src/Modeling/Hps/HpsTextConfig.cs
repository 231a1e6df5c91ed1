using PairUni.Modeling.Janus;
using PairUni.Modeling.Text;

namespace PairUni.Modeling.Hps;

/// <summary>Sizes of the text tower.</summary>
public sealed record HpsTextConfig
{
    /// <summary>Longest prompt in tokens, start and end included.</summary>
    public int ContextLength { get; init; } = ClipTokenizer.DefaultContextLength;

    public int VocabSize { get; init; } = ClipTokenizer.DefaultVocabSize;

    public int Width { get; init; } = 1024;

    public int Layers { get; init; } = 24;

    public int Heads { get; init; } = 16;

    /// <summary>Width inside the feed-forward halves.</summary>
    public int MlpWidth { get; init; } = 4096;

    internal static HpsTextConfig Read(ConfigReader node)
    {
        int width = node.Int("width", max: 1 << 16);
        var config = new HpsTextConfig
        {
            ContextLength = node.Int("context_length", ClipTokenizer.DefaultContextLength, min: 2, max: 1 << 16),
            VocabSize = node.Int("vocab_size", ClipTokenizer.DefaultVocabSize, min: 514, max: 1 << 24),
            Width = width,
            Layers = node.Int("layers", max: 1024),
            Heads = node.Int("heads", max: 1024),
            MlpWidth = (int)(width * node.Number("mlp_ratio", 4)),
        };
        if (width % config.Heads != 0)
            throw node.Wrong("heads", $"is {config.Heads}, which does not divide the width {width}");
        return config;
    }
}
