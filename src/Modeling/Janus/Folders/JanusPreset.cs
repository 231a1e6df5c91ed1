namespace PairUni.Modeling.Janus.Folders;

/// <summary>Sizes of known Janus models.</summary>
public static class JanusPreset
{
    /// <summary>Janus-Pro-1B: 2 089 232 011 parameters.</summary>
    public static JanusConfig Pro1B { get; } = new() { TorchDtype = "bfloat16" };

    /// <summary>Janus-Pro-7B: 7 420 368 523 parameters.</summary>
    public static JanusConfig Pro7B { get; } = new()
    {
        Language = new() { HiddenSize = 4096, IntermediateSize = 11008, Layers = 30, Heads = 32, KeyValueHeads = 32 },
        GenHeadWidth = 4096,
        TorchDtype = "bfloat16",
    };

    /// <summary>The whole architecture in two million parameters.</summary>
    /// <param name="vocabulary">Ids of the tokenizer that goes with it.</param>
    public static JanusConfig Tiny(int vocabulary) => new()
    {
        Vision = new() { ImageSize = 64, PatchSize = 16, Width = 64, Layers = 2, Heads = 4 },
        Language = new() { HiddenSize = 128, IntermediateSize = 320, Layers = 2, Heads = 4, KeyValueHeads = 4, VocabSize = vocabulary, MaxPositions = 1024 },
        Vq = new() { CodebookSize = 128, Channels = 32, Multipliers = [1, 1, 1, 1, 1], LatentChannels = 32, ResidualBlocks = 1 },
        GenHeadWidth = 128,
        TorchDtype = "bfloat16",
    };
}
