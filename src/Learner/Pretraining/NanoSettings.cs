using PairUni.Modeling.Janus;

namespace PairUni.Learner.Pretraining;

/// <summary>The recipe of janus-nano: sizes, texts, and both trainings.</summary>
public sealed record NanoSettings
{
    /// <summary>Seed of the data, the weights and the training.</summary>
    public ulong Seed { get; init; } = 1;

    /// <summary>Examples whose texts the tokenizer is trained on.</summary>
    public int TokenizerExamples { get; init; } = 4000;

    /// <summary>Largest vocabulary, special tokens included.</summary>
    public int Vocabulary { get; init; } = 512;

    /// <summary>Sizes; the vocabulary is filled in.</summary>
    public JanusConfig Model { get; init; } = new()
    {
        Vision = new() { ImageSize = 32, PatchSize = 8, Width = 96, Layers = 3, Heads = 4, MlpRatio = 4 },
        Language = new() { HiddenSize = 128, IntermediateSize = 352, Layers = 4, Heads = 4, KeyValueHeads = 4, VocabSize = 512, MaxPositions = 1024 },
        Vq = new() { CodebookSize = 256, CodeWidth = 8, Channels = 32, Multipliers = [1, 1, 2, 2], LatentChannels = 64, ResidualBlocks = 1 },
        GenHeadWidth = 128,
    };

    /// <summary>Training of the image tokenizer.</summary>
    public VqTrainerSettings Vq { get; init; } = new();

    /// <summary>Training of the rest.</summary>
    public JointTrainerSettings Joint { get; init; } = new();
}
