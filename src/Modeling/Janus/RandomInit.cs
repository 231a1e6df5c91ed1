using PairUni.Modeling.Janus.Vq;
using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace PairUni.Modeling.Janus;

/// <summary>
/// Draws a new model from a seed, parameter by parameter in the model's order: norms 1, biases 0, matrices normal with
/// deviation 0.8 / sqrt(inputs), those that write to a residual stream half of that, embeddings and output heads small.
/// The image tokenizer follows <see cref="VqInit"/>.
/// </summary>
public static class RandomInit
{
    private static readonly string[] WritesToResidual = ["o_proj.weight", "down_proj.weight", "attn.proj.weight", "fc2.weight"];

    public static void Apply(JanusModel model, long seed)
    {
        using IDisposable guard = no_grad();
        using var generator = new Generator((ulong)seed, CPU);
        foreach ((string name, Parameter parameter) in model.named_parameters())
        {
            using DisposeScope scope = NewDisposeScope();
            Tensor values = empty(parameter.shape);
            Fill(name, values, generator);
            parameter.copy_(values);
        }
    }

    /// <summary>Draws one parameter, or some rows of a large matrix.</summary>
    internal static void Fill(string name, Tensor values, Generator generator)
    {
        if (name.StartsWith("gen_vision_model.", StringComparison.Ordinal))
            VqInit.Draw(name, values, generator);
        else
            Draw(name, values, generator);
    }

    private static void Draw(string name, Tensor values, Generator generator)
    {
        bool Is(string ending) => name.EndsWith(ending, StringComparison.Ordinal);
        if (values.dim() == 1)
            values.fill_(Is("bias") ? 0 : 1);
        else if (Is("gen_embed.weight"))
            values.normal_(0, 1, generator);
        else if (Is("embed_tokens.weight"))
            values.normal_(0, 0.05, generator);
        else if (Is("lm_head.weight") || Is("vision_head.weight") || Is("pos_embed"))
            values.normal_(0, 0.02, generator);
        else
            values.normal_(0, (WritesToResidual.Any(Is) ? 0.4 : 0.8) / Math.Sqrt(Inputs(values)), generator);
    }

    /// <summary>Values of one output: everything but the first dimension.</summary>
    internal static double Inputs(Tensor weight) => (double)weight.numel() / weight.size(0);
}
