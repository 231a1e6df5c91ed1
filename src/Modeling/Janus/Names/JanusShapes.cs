namespace PairUni.Modeling.Janus.Names;

/// <summary>Names and shapes of all tensors of a Janus-Pro checkpoint, from its sizes alone: nothing is allocated.</summary>
public static class JanusShapes
{
    /// <summary>Length of gen_vision_model.quantize.codebook_used, an int64 buffer that the original never sizes otherwise.</summary>
    public const long CodebookUsed = 65536;

    public const string CodebookUsedName = "gen_vision_model.quantize.codebook_used";

    /// <summary>The parameters that the model computes with; parameters that share one matrix follow one another.</summary>
    public static IEnumerable<TensorShape> Parameters(JanusConfig config)
    {
        long hidden = config.Language.HiddenSize;
        return
        [
            .. Vision(config.Vision, "vision_model.vision_tower"),
            .. Projector("aligner", config.Vision.Width, hidden),
            .. VqShapes.Of(config.Vq, "gen_vision_model"),
            .. Projector("gen_aligner", config.Vq.CodeWidth, hidden),
            .. Linear("gen_head.output_mlp_projector", hidden, config.GenHeadWidth),
            .. Linear("gen_head.vision_head", config.GenHeadWidth, config.Vq.CodebookSize),
            new("gen_embed.weight", [config.Vq.CodebookSize, config.Vq.CodeWidth]),
            .. Language(config.Language, "language_model"),
        ];
    }

    /// <summary>The parameters that checkpoints have and inference does not use: the pooling head of the vision tower.</summary>
    public static IEnumerable<TensorShape> Unused(JanusConfig config)
    {
        const string pool = "vision_model.vision_tower.attn_pool";
        (long width, long inner) = (config.Vision.Width, (long)config.Vision.Width * config.Vision.MlpRatio);
        return
        [
            new($"{pool}.latent", [1, 1, width]),
            .. Linear($"{pool}.q", width, width),
            .. Linear($"{pool}.kv", width, 2 * width),
            .. Linear($"{pool}.proj", width, width),
            .. Norm($"{pool}.norm", width),
            .. Linear($"{pool}.mlp.fc1", width, inner),
            .. Linear($"{pool}.mlp.fc2", inner, width),
        ];
    }

    internal static TensorShape[] Linear(string name, long input, long output) => [new($"{name}.weight", [output, input]), new($"{name}.bias", [output])];

    internal static TensorShape[] Norm(string name, long width) => [new($"{name}.weight", [width]), new($"{name}.bias", [width])];

    private static TensorShape[] Projector(string name, long input, long output) =>
        [.. Linear($"{name}.layers.0", input, output), .. Linear($"{name}.layers.2", output, output)];

    private static IEnumerable<TensorShape> Vision(VisionConfig config, string tower)
    {
        (long width, long inner) = (config.Width, (long)config.Width * config.MlpRatio);
        return
        [
            new($"{tower}.patch_embed.proj.weight", [width, 3, config.PatchSize, config.PatchSize]),
            new($"{tower}.patch_embed.proj.bias", [width]),
            new($"{tower}.pos_embed", [1, config.Tokens, width]),
            .. Enumerable.Range(0, config.Layers).Select(i => $"{tower}.blocks.{i}").SelectMany(block => (TensorShape[])
            [
                .. Norm($"{block}.norm1", width),
                .. Linear($"{block}.attn.qkv", width, 3 * width),
                .. Linear($"{block}.attn.proj", width, width),
                .. Norm($"{block}.norm2", width),
                .. Linear($"{block}.mlp.fc1", width, inner),
                .. Linear($"{block}.mlp.fc2", inner, width),
            ]),
            .. Norm($"{tower}.norm", width),
        ];
    }

    private static IEnumerable<TensorShape> Language(LlamaConfig config, string name)
    {
        (long hidden, long inner) = (config.HiddenSize, config.IntermediateSize);
        (long query, long shared) = ((long)config.Heads * config.HeadWidth, (long)config.KeyValueHeads * config.HeadWidth);
        return
        [
            new($"{name}.model.embed_tokens.weight", [config.VocabSize, hidden]),
            .. Enumerable.Range(0, config.Layers).Select(i => $"{name}.model.layers.{i}").SelectMany(layer => (TensorShape[])
            [
                new($"{layer}.input_layernorm.weight", [hidden]),
                new($"{layer}.self_attn.q_proj.weight", [query, hidden]),
                new($"{layer}.self_attn.k_proj.weight", [shared, hidden]),
                new($"{layer}.self_attn.v_proj.weight", [shared, hidden]),
                new($"{layer}.self_attn.o_proj.weight", [hidden, query]),
                new($"{layer}.post_attention_layernorm.weight", [hidden]),
                new($"{layer}.mlp.gate_proj.weight", [inner, hidden]),
                new($"{layer}.mlp.up_proj.weight", [inner, hidden]),
                new($"{layer}.mlp.down_proj.weight", [hidden, inner]),
            ]),
            new($"{name}.model.norm.weight", [hidden]),
            new($"{name}.lm_head.weight", [config.VocabSize, hidden]),
        ];
    }
}
