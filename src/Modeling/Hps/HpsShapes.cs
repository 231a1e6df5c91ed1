using PairUni.Modeling.Files;
using PairUni.Modeling.Janus.Names;
using static TorchSharp.torch;

namespace PairUni.Modeling.Hps;

/// <summary>Names and shapes of all tensors of an HPS checkpoint: CLIP as open_clip builds it, ViT-H-14 by default.</summary>
public static class HpsShapes
{
    /// <summary>With the default sizes, 986 109 441 parameters.</summary>
    public static IEnumerable<TensorShape> Of(HpsConfig config) =>
    [
        new("positional_embedding", [config.Text.ContextLength, config.Text.Width]),
        new("text_projection", [config.Text.Width, config.EmbedDim]),
        new("logit_scale", []),
        new("visual.class_embedding", [config.Vision.Width]),
        new("visual.positional_embedding", [config.Vision.Patches + 1, config.Vision.Width]),
        new("visual.proj", [config.Vision.Width, config.EmbedDim]),
        new("visual.conv1.weight", [config.Vision.Width, 3, config.Vision.PatchSize, config.Vision.PatchSize]),
        .. JanusShapes.Norm("visual.ln_pre", config.Vision.Width),
        .. Blocks("visual.transformer", config.Vision.Width, config.Vision.MlpWidth, config.Vision.Layers),
        .. JanusShapes.Norm("visual.ln_post", config.Vision.Width),
        .. Blocks("transformer", config.Text.Width, config.Text.MlpWidth, config.Text.Layers),
        new("token_embedding.weight", [config.Text.VocabSize, config.Text.Width]),
        .. JanusShapes.Norm("ln_final", config.Text.Width),
    ];

    /// <summary>Random values of CLIP's usual sizes: norms 1, biases 0, matrices by their inputs; the logit scale that training starts from.</summary>
    public static void Fill(string name, Tensor values, Generator generator)
    {
        if (name == "logit_scale")
            values.fill_(Math.Log(1 / 0.07));
        else if (name.EndsWith("bias", StringComparison.Ordinal))
            values.zero_();
        else if (values.dim() == 1 && name.Contains("ln_"))
            values.fill_(1);
        else if (values.dim() == 1 || name.EndsWith("embedding", StringComparison.Ordinal) || name.EndsWith("embedding.weight", StringComparison.Ordinal))
            values.normal_(0, 0.02, generator);
        else
            values.normal_(0, 0.5 / Math.Sqrt((double)values.numel() / values.size(0)), generator);
    }

    /// <summary>Writes the sizes of ViT-H-14 in the form of open_clip's model configurations.</summary>
    public static void WriteConfig(string directory) => AtomicFile.Write(Path.Combine(directory, HpsConfig.FileName), """
        {
          "embed_dim": 1024,
          "vision_cfg": { "image_size": 224, "layers": 32, "width": 1280, "head_width": 80, "patch_size": 14 },
          "text_cfg": { "context_length": 77, "vocab_size": 49408, "width": 1024, "heads": 16, "layers": 24 }
        }

        """u8.ToArray());

    private static IEnumerable<TensorShape> Blocks(string tower, long width, long inner, int layers) =>
        Enumerable.Range(0, layers).Select(i => $"{tower}.resblocks.{i}").SelectMany(block => (TensorShape[])
        [
            .. JanusShapes.Norm($"{block}.ln_1", width),
            new($"{block}.attn.in_proj_weight", [3 * width, width]),
            new($"{block}.attn.in_proj_bias", [3 * width]),
            .. JanusShapes.Linear($"{block}.attn.out_proj", width, width),
            .. JanusShapes.Norm($"{block}.ln_2", width),
            .. JanusShapes.Linear($"{block}.mlp.c_fc", width, inner),
            .. JanusShapes.Linear($"{block}.mlp.c_proj", inner, width),
        ]);
}
