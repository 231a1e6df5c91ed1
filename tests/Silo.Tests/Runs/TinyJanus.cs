using PairUni.Data.Shapes;
using PairUni.Modeling.Janus;
using PairUni.Modeling.Text;

namespace PairUni.Silo.Tests;

/// <summary>A whole Janus of a few ten thousand parameters in a folder, and a small shapes world beside it; made once.</summary>
public sealed class TinyJanus : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public TinyJanus()
    {
        Directory.CreateDirectory(_folder["tokenizer"]);
        var tokenizer = BpeTrainer.Train(["a photo of a red circle", "What colour is the circle?\nA. red\nB. blue"], 512, _folder["tokenizer"]);
        var config = new JanusConfig
        {
            Vision = new() { ImageSize = 32, PatchSize = 16, Width = 32, Layers = 1, Heads = 2, MlpRatio = 2 },
            Language = new()
            {
                HiddenSize = 32,
                IntermediateSize = 64,
                Layers = 2,
                Heads = 2,
                KeyValueHeads = 2,
                VocabSize = tokenizer.VocabSize,
                MaxPositions = 256,
            },
            Vq = new() { CodebookSize = 24, CodeWidth = 8, Channels = 32, Multipliers = [1, 1, 1, 1, 1], LatentChannels = 32, ResidualBlocks = 1 },
            GenHeadWidth = 32,
        };
        using var policy = JanusPolicy.Create(config, tokenizer, seed: 1);
        policy.Save(ModelPath);
        PairsFile = ShapesDataset.Write(_folder["data"], seed: 1, pairs: 10, new() { HeldOutPromptsPerTag = 1, HeldOutQuestions = 6 }).TrainPath;
    }

    public string ModelPath => _folder["model"];

    public string PairsFile { get; }

    public void Dispose() => _folder.Dispose();
}
