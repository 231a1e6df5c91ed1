using PairUni.Modeling.Files;

namespace PairUni.Modeling.Janus.Names;

/// <summary>The two ways in which checkpoints name Janus' tensors: the original's, which are the model's own, and those of the conversion to HF transformers.</summary>
public static class JanusNames
{
    public static readonly WeightNames Original = WeightNames.Same(IsKnownUnused);

    public static readonly WeightNames Transformers = new(TransformersNames.Of, _ => false);

    /// <summary>Which of the two a folder uses.</summary>
    public static WeightNames In(CheckpointFolder folder) =>
        folder.Names.Any(name => name.StartsWith(TransformersNames.Prefix, StringComparison.Ordinal)) ? Transformers : Original;

    // The pooling head is built but skipped by the original; codebook_used counts usage during its training.
    private static bool IsKnownUnused(string name) =>
        name.StartsWith("vision_model.vision_tower.attn_pool.", StringComparison.Ordinal)
        || name == "gen_vision_model.quantize.codebook_used"
        || name.EndsWith("rotary_emb.inv_freq", StringComparison.Ordinal);
}
