using System.Text.RegularExpressions;

namespace PairUni.Modeling.Janus.Names;

/// <summary>
/// The names of JanusForConditionalGeneration in HF transformers for the original's. There the packed query-key-value matrices of the vision tower are
/// three, positions have no leading dimension of one, and what Janus-Pro does not use (attention pooling, codebook usage) is left out.
/// </summary>
/// <remarks>From transformers' conversion script for Janus weights and the modules of its Janus model.</remarks>
internal static partial class TransformersNames
{
    /// <summary>What every name but that of the text head begins with.</summary>
    public const string Prefix = "model.language_model.";

    /// <summary>The stored tensors that make up the parameter of an original name.</summary>
    public static string[] Of(string original)
    {
        string[] parts = original.Split('.');
        return parts[0] switch
        {
            "vision_model" => Vision(original),
            "aligner" => ["model.aligner." + Projector(original)],
            "gen_aligner" => ["model.generation_aligner." + Projector(original)],
            "gen_vision_model" => ["model.vqmodel." + Vq(original["gen_vision_model.".Length..])],
            "gen_embed" => ["model.generation_embeddings." + parts[^1]],
            "gen_head" => ["model.generation_head." + original["gen_head.".Length..].Replace("output_mlp_projector", "proj_out")],
            "language_model" when parts[1] == "lm_head" => ["lm_head.weight"],
            "language_model" => [Prefix + original["language_model.model.".Length..]],
            _ => [original],
        };
    }

    private static string[] Vision(string original)
    {
        string name = original["vision_model.vision_tower.".Length..];
        if (name == "pos_embed")
            return ["model.vision_model.embeddings.position_embedding.weight"];
        if (name.StartsWith("patch_embed.proj.", StringComparison.Ordinal))
            return ["model.vision_model.embeddings.patch_embedding." + name["patch_embed.proj.".Length..]];
        if (name.StartsWith("norm.", StringComparison.Ordinal))
            return ["model.vision_model.post_layernorm." + name["norm.".Length..]];
        string block = "model.vision_model.encoder.layers." + name["blocks.".Length..]
            .Replace(".norm1.", ".layer_norm1.").Replace(".norm2.", ".layer_norm2.")
            .Replace(".attn.proj.", ".self_attn.projection_layer.").Replace(".attn.", ".self_attn.");
        return block.Contains(".qkv.") ? [.. new[] { ".q_proj.", ".k_proj.", ".v_proj." }.Select(part => block.Replace(".qkv.", part))] : [block];
    }

    // layers.0 is the first linear layer, layers.2 the second; between them lies the activation.
    private static string Projector(string original) => original.Split(".layers.")[1] switch
    {
        ['0', .. var rest] => "fc1" + rest,
        var second => "hidden_layers.0" + second[1..],
    };

    private static string Vq(string name)
    {
        string side = name.StartsWith("encoder.", StringComparison.Ordinal) ? "down" : "up";
        return Middle().Replace(name.Replace(".conv_blocks.", $".{side}.").Replace(".res.", ".block."),
            match => match.Groups[1].Value switch { "0" => ".mid.block_1.", "1" => ".mid.attn_1.", _ => ".mid.block_2." });
    }

    [GeneratedRegex(@"\.mid\.([012])\.")]
    private static partial Regex Middle();
}
