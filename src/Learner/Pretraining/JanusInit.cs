using PairUni.Modeling.Janus;
using static TorchSharp.torch;
using F = TorchSharp.torch.nn.functional;

namespace PairUni.Learner.Pretraining;

/// <summary>
/// Starts everything of a small Janus but its image tokenizer: variance about 1 / inputs, quiet residual branches, code embeddings and code logits from the codebook, and the
/// output layer equal to the text embeddings, so that what is read can be said at once.
/// </summary>
internal static class JanusInit
{
    // Unit-length codes of 8 dimensions times this have about unit variance per dimension.
    private const double CodeScale = 2.8;

    private const double EmbedDeviation = 0.05;

    private const double HeadDeviation = 0.1;

    public static void Apply(JanusModel model, long seed)
    {
        using var untracked = no_grad();
        using var generator = new Generator((ulong)seed, CPU);
        foreach (var (name, parameter) in model.named_parameters())
        {
            if (name.StartsWith("gen_vision_model.", StringComparison.Ordinal) || parameter.Dimensions < 2) continue;
            using var scope = NewDisposeScope();
            parameter.copy_(empty(parameter.shape).normal_(0, Deviation(name, parameter.shape), generator));
        }

        using var last = NewDisposeScope();
        var width = model.Config.Language.HiddenSize;
        var embed = Named("language_model.model.embed_tokens.weight");
        model.language_model.lm_head.weight.copy_(embed * (Math.Pow(width, -0.5) / EmbedDeviation));
        var codes_VC = F.normalize(model.gen_vision_model.quantize.embedding.weight, 2, 1);
        model.gen_embed.weight.copy_(codes_VC * CodeScale);

        // Codes that look alike start with similar logits, so that what is learnt of one colour or shape carries over to others.
        var head = Named("gen_head.vision_head.weight");
        head.copy_(codes_VC.matmul(empty([codes_VC.shape[1], head.shape[1]]).normal_(0, HeadDeviation, generator)));

        TorchSharp.Modules.Parameter Named(string wanted) => model.named_parameters().Single(p => p.Item1 == wanted).Item2;
    }

    private static double Deviation(string name, long[] shape)
    {
        if (name.EndsWith("pos_embed", StringComparison.Ordinal) || name.Contains("lm_head")) return 0.02;
        if (name.Contains("embed_tokens")) return EmbedDeviation;
        var isResidual = name.Contains("o_proj") || name.Contains("down_proj") || name.Contains("attn.proj") || name.Contains("fc2");
        return (isResidual ? 0.4 : 0.8) * Math.Pow(shape[1..].Aggregate(1L, (a, b) => a * b), -0.5);
    }
}
