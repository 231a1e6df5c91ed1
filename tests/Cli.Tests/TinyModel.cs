using PairUni.Modeling.Janus;
using PairUni.Modeling.Text;

namespace PairUni.Cli.Tests;

/// <summary>A whole Janus folder of a few thousand random weights, so that commands which need a model take a moment.</summary>
internal static class TinyModel
{
    private static readonly string[] Corpus =
        [.. new[] { "red", "blue", "green", "black" }.Select(c => $"a photo of a {c} circle left of a square. What colour is it?\nA. red\nB. blue\nAnswer with the letter only.")];

    public static string Write(string folder)
    {
        using var made = new TemporaryFolder();
        var tokenizer = BpeTrainer.Train(Corpus, 400, made.Path);
        var config = new JanusConfig
        {
            Vision = new() { ImageSize = 32, PatchSize = 16, Width = 16, Layers = 1, Heads = 2 },
            Language = new() { HiddenSize = 32, IntermediateSize = 48, Layers = 1, Heads = 2, KeyValueHeads = 2, VocabSize = tokenizer.VocabSize, MaxPositions = 256 },
            Vq = new() { CodebookSize = 16, CodeWidth = 4, Channels = 32, Multipliers = [1, 1, 1], LatentChannels = 32, ResidualBlocks = 1, Grid = 4 },
            GenHeadWidth = 32,
        };
        using var policy = JanusPolicy.Create(config, tokenizer, 1);
        policy.Save(folder);
        return folder;
    }
}
