using static TorchSharp.torch;

namespace PairUni.Modeling.Hps;

/// <summary>How an <see cref="HpsScorer"/> computes.</summary>
public sealed record HpsOptions
{
    /// <summary>Where the model is; the CPU when null.</summary>
    public Device? Device { get; init; }

    /// <summary>
    /// Type that the weights are kept in: float32, float16 or bfloat16. A GPU computes in this type too; the CPU computes in float32 always
    /// and pays for narrower weights with a conversion a batch, for half the memory.
    /// </summary>
    public ScalarType Weights { get; init; } = ScalarType.Float32;

    /// <summary>Resize as torchvision 0.17 and later do; false is what older versions computed.</summary>
    public bool Antialias { get; init; } = true;

    /// <summary>The tokenizer's vocabulary, if it does not lie beside the weights.</summary>
    public string? Vocabulary { get; init; }

    /// <summary>Images that go through the model at once, at least 1.</summary>
    public int ImageBatch { get; init; } = 16;

    /// <summary>Prompts that go through the model at once, at least 1.</summary>
    public int PromptBatch { get; init; } = 64;

    /// <summary>Prompts whose features are kept for the next call, at least 1.</summary>
    public int KeptPrompts { get; init; } = 4096;
}
