namespace PairUni.Modeling.Janus;

/// <summary>
/// Reads the config.json of a Janus model that was converted to HF transformers (JanusForConditionalGeneration). Keys that equal the defaults of its
/// configuration classes are left out there.
/// </summary>
internal static class TransformersConfig
{
    public const string ModelType = "janus";

    // LlamaConfig's defaults, which are the sizes of Llama 7B.
    private static readonly LlamaConfig LlamaDefaults = new()
    {
        HiddenSize = 4096,
        IntermediateSize = 11008,
        Layers = 32,
        Heads = 32,
        KeyValueHeads = 32,
        VocabSize = 32000,
    };

    public static JanusConfig Read(ConfigReader root)
    {
        LlamaConfig language = LlamaConfig.Read(root.Object("text_config"), LlamaDefaults);
        ConfigReader seen = root.Object("vision_config");
        ConfigReader drawn = root.Object("vq_config");
        MustBe(seen, "projection_dim", 2048, language.HiddenSize, "the hidden_size of text_config");
        MustBe(drawn, "projection_dim", 2048, language.HiddenSize, "the hidden_size of text_config");
        MustBe(drawn, "image_token_embed_dim", 2048, language.HiddenSize, "the hidden_size of text_config");
        MustBe(seen, "depth", 2, 2, "the depth of Janus-Pro's projectors");
        MustBe(drawn, "num_hidden_layers", 2, 2, "the depth of Janus-Pro's projectors");
        foreach (ConfigReader part in new[] { seen, drawn })
        {
            if (part.Text("hidden_act", "gelu") != "gelu")
                throw part.Wrong("hidden_act", "is not gelu, which Janus-Pro uses");
        }
        if (seen.Flag("use_qk_norm", false) || !seen.Flag("attention_bias", true))
            throw seen.Wrong("use_qk_norm", "or attention_bias is not what Janus-Pro has");
        if (drawn.Flag("double_latent", false))
            throw drawn.Wrong("double_latent", "is true, which Janus-Pro has not");
        return new JanusConfig
        {
            Language = language,
            Vision = Vision(seen),
            Vq = Vq(drawn),
            GenHeadWidth = language.HiddenSize,
            TorchDtype = root.Text("dtype", root.Text("torch_dtype", "float32")),
        };
    }

    private static VisionConfig Vision(ConfigReader node)
    {
        double ratio = node.Number("mlp_ratio", 4);
        var config = new VisionConfig
        {
            ImageSize = node.Int("image_size", 384, max: 8192),
            PatchSize = node.Int("patch_size", 16, max: 8192),
            Width = node.Int("hidden_size", 1024, max: 1 << 16),
            Layers = node.Int("num_hidden_layers", 24, max: 1024),
            Heads = node.Int("num_attention_heads", 16, max: 1024),
            MlpRatio = ratio is >= 1 and <= 64 && ratio == Math.Floor(ratio) ? (int)ratio : throw node.Wrong("mlp_ratio", $"is {ratio}, not a whole number up to 64"),
        };
        return config.CheckedBy(node, "num_attention_heads");
    }

    private static VqConfig Vq(ConfigReader node) => new VqConfig
    {
        CodebookSize = node.Int("num_embeddings", 16384, max: 1 << 24),
        CodeWidth = node.Int("embed_dim", 8, max: 1 << 16),
        Channels = node.Int("base_channels", 128, max: 1 << 14),
        Multipliers = node.Ints("channel_multiplier", [1, 1, 2, 2, 4]),
        LatentChannels = node.Int("latent_channels", 256, max: 1 << 14),
        ResidualBlocks = node.Int("num_res_blocks", 2, max: 64),
    }.CheckedBy(node, "base_channels");

    private static void MustBe(ConfigReader node, string key, int absent, int value, string why)
    {
        if (node.Int(key, absent) != value)
            throw node.Wrong(key, $"is not {value}, {why}");
    }
}
