using PairUni.Data.Shapes;
using PairUni.Modeling.Janus;
using PairUni.Modeling.Text;

namespace PairUni.Cli.Pretraining;

/// <summary>janus-nano: every part of Janus-Pro at the size of the shapes world, 32x32 pixels in 16 tokens, before it has learned anything.</summary>
internal static class NanoModel
{
    /// <summary>Ids of the tokenizer; the shapes world's sentences need few.</summary>
    private const int Vocabulary = 512;

    private const int TokenizerExamples = 3000;

    /// <summary>Trains the tokenizer on the shapes world's own sentences and draws random weights.</summary>
    /// <param name="folder">Where the tokenizer's files go; the model's own folder.</param>
    /// <param name="seed">Seed of the sentences and the weights.</param>
    public static JanusPolicy Create(string folder, long seed)
    {
        Directory.CreateDirectory(folder);
        var tokenizer = BpeTrainer.Train(new ShapeExamples((ulong)seed).Texts(TokenizerExamples), Vocabulary, folder);
        return JanusPolicy.Create(Config(tokenizer.VocabSize), tokenizer, seed);
    }

    /// <summary>The sizes.</summary>
    public static JanusConfig Config(int vocabulary) => new()
    {
        Vision = new() { ImageSize = 32, PatchSize = 8, Width = 96, Layers = 3, Heads = 4, MlpRatio = 4, ModelName = "siglip_nano" },
        Language = new() { HiddenSize = 128, IntermediateSize = 352, Layers = 4, Heads = 4, KeyValueHeads = 4, VocabSize = vocabulary, MaxPositions = 512 },
        Vq = new() { CodebookSize = 256, CodeWidth = 8, Channels = 32, Multipliers = [1, 1, 2, 2], LatentChannels = 64, ResidualBlocks = 1 },
        GenHeadWidth = 128,
    };
}
