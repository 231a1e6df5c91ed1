using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace PairUni.Modeling.Janus;

/// <summary>
/// Draws a new model from a seed, parameter by parameter in the model's order: norms 1, biases 0, the language model normal
/// with deviation 0.02 (as Llama), everything else uniform in +-1/sqrt(inputs) (as PyTorch's linear layers and convolutions).
/// </summary>
public static class RandomInit
{
    private const double LanguageDeviation = 0.02;

    public static void Apply(JanusModel model, long seed)
    {
        using IDisposable guard = no_grad();
        using var generator = new Generator((ulong)seed, CPU);
        foreach ((string name, Parameter parameter) in model.named_parameters())
        {
            using DisposeScope scope = NewDisposeScope();
            parameter.copy_(Draw(name, parameter.shape, generator));
        }
    }

    private static Tensor Draw(string name, long[] shape, Generator generator)
    {
        if (shape.Length == 1)
            return name.EndsWith("bias", StringComparison.Ordinal) ? zeros(shape) : ones(shape);
        Tensor values = empty(shape);
        if (name.StartsWith("gen_vision_model.quantize", StringComparison.Ordinal))
            return values.uniform_(-1.0 / shape[0], 1.0 / shape[0], generator);
        if (name.StartsWith("language_model", StringComparison.Ordinal) || name.EndsWith("pos_embed", StringComparison.Ordinal))
            return values.normal_(0, LanguageDeviation, generator);
        if (name.StartsWith("gen_embed", StringComparison.Ordinal))
            return values.normal_(0, 1, generator);
        double bound = 1 / Math.Sqrt(shape[1..].Aggregate(1L, (product, size) => product * size));
        return values.uniform_(-bound, bound, generator);
    }
}
