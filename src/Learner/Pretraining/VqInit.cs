using PairUni.Modeling.Janus.Vq;
using static TorchSharp.torch;

namespace PairUni.Learner.Pretraining;

// O output channels, I input channels, h x w taps

/// <summary>
/// Starts an image tokenizer so that signals keep their size through it: convolutions with variance 1 / inputs, quiet residual
/// branches, and resampling near the identity. PyTorch's default shrinks the main path at every layer and learns several times slower.
/// </summary>
internal static class VqInit
{
    private const double Quiet = 0.3;

    public static void Apply(VqModel model, long seed)
    {
        using var untracked = no_grad();
        using var generator = new Generator((ulong)seed, CPU);
        foreach (var (name, parameter) in model.named_parameters())
        {
            using var scope = NewDisposeScope();
            if (parameter.Dimensions == 4) parameter.copy_(Convolution(name, parameter.shape, generator));
            else if (name.EndsWith("bias", StringComparison.Ordinal)) parameter.zero_();
        }
    }

    private static Tensor Convolution(string name, long[] shape, Generator generator)
    {
        var weight_OIhw = empty(shape).normal_(0, Math.Pow(shape[1] * shape[2] * shape[3], -0.5), generator);
        if (name.Contains(".conv1.", StringComparison.Ordinal)) return weight_OIhw.mul_(Math.Sqrt(2));
        if (name.Contains(".conv2.", StringComparison.Ordinal) || name.Contains(".proj_out.", StringComparison.Ordinal)) return weight_OIhw.mul_(Quiet);
        if (name == "decoder.conv_out.weight") return weight_OIhw.mul_(0.5);

        var identity_OI11 = eye(shape[0], shape[1]).unsqueeze(-1).unsqueeze(-1);
        if (name.Contains(".downsample.", StringComparison.Ordinal)) return weight_OIhw.mul_(Quiet) + (identity_OI11 / 9);
        if (!name.Contains(".upsample.", StringComparison.Ordinal)) return weight_OIhw;
        weight_OIhw.mul_(Quiet);
        weight_OIhw.narrow(2, 1, 1).narrow(3, 1, 1).add_(identity_OI11);
        return weight_OIhw;
    }
}
