using System.Text.Json.Nodes;

namespace PairUni.Modeling.Janus;

/// <summary>The language model; keys that a config.json leaves out take the defaults of LlamaConfig.</summary>
public sealed record LlamaConfig
{
    public int HiddenSize { get; init; } = 2048;

    public int IntermediateSize { get; init; } = 5632;

    public int Layers { get; init; } = 24;

    public int Heads { get; init; } = 16;

    /// <summary>Heads of keys and values; fewer than <see cref="Heads"/> means that several query heads share one.</summary>
    public int KeyValueHeads { get; init; } = 16;

    public int VocabSize { get; init; } = 102400;

    /// <summary>Longest sequence in tokens.</summary>
    public int MaxPositions { get; init; } = 16384;

    public double RmsNormEps { get; init; } = 1e-6;

    public double RopeTheta { get; init; } = 10000;

    public int HeadWidth => HiddenSize / Heads;

    /// <param name="absent">Values of keys that the file may leave out; null when the sizes must be there.</param>
    internal static LlamaConfig Read(ConfigReader node, LlamaConfig? absent = null)
    {
        int heads = node.Int("num_attention_heads", absent?.Heads, max: 4096);
        var config = new LlamaConfig
        {
            HiddenSize = node.Int("hidden_size", absent?.HiddenSize, max: 1 << 20),
            IntermediateSize = node.Int("intermediate_size", absent?.IntermediateSize, max: 1 << 20),
            Layers = node.Int("num_hidden_layers", absent?.Layers, max: 4096),
            Heads = heads,
            KeyValueHeads = node.Int("num_key_value_heads", heads, max: 4096),
            VocabSize = node.Int("vocab_size", absent?.VocabSize, max: 1 << 24),
            MaxPositions = node.Int("max_position_embeddings", 2048, max: 1 << 24),
            RmsNormEps = node.Number("rms_norm_eps", 1e-6),
            RopeTheta = node.Has("rope_parameters") ? node.Object("rope_parameters").Number("rope_theta", 10000) : node.Number("rope_theta", 10000),
        };
        if (config.HiddenSize % heads != 0 || config.HeadWidth % 2 != 0)
            throw node.Wrong("num_attention_heads", $"is {heads}, which does not cut hidden_size {config.HiddenSize} into even head widths");
        if (heads % config.KeyValueHeads != 0)
            throw node.Wrong("num_key_value_heads", $"is {config.KeyValueHeads}, which does not divide num_attention_heads {heads}");
        if (node.Text("hidden_act", "silu") != "silu")
            throw node.Wrong("hidden_act", "is not silu, the only activation Janus uses");
        if (node.Has("rope_scaling") || (node.Has("rope_parameters") && node.Object("rope_parameters").Text("rope_type", "default") != "default"))
            throw node.Wrong("rope_scaling", "is given, which no Janus model has");
        if (node.Flag("attention_bias", false) || node.Flag("tie_word_embeddings", false))
            throw node.Wrong("attention_bias", "or tie_word_embeddings is true, which no Janus model has");
        return config;
    }

    internal JsonObject ToJson(string torchDtype) => new()
    {
        ["hidden_size"] = HiddenSize,
        ["intermediate_size"] = IntermediateSize,
        ["max_position_embeddings"] = MaxPositions,
        ["model_type"] = "llama",
        ["num_attention_heads"] = Heads,
        ["num_hidden_layers"] = Layers,
        ["num_key_value_heads"] = KeyValueHeads,
        ["rms_norm_eps"] = RmsNormEps,
        ["rope_theta"] = RopeTheta,
        ["torch_dtype"] = torchDtype,
        ["vocab_size"] = VocabSize,
    };
}
