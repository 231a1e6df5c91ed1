using static TorchSharp.torch;

namespace PairUni.Modeling.Janus.Vq;

/// <summary>
/// Starting values of the image tokenizer. Convolutions are normal with deviation 1 / sqrt(inputs) (a third of PyTorch's default
/// power is lost per convolution otherwise), branches start weak, and resampling convolutions start near copying and averaging.
/// </summary>
internal static class VqInit
{
    private const double Branch = 0.3;
    private const double Resampling = 0.3;

    public static void Draw(string name, Tensor values, Generator generator)
    {
        if (values.dim() == 1)
        {
            values.fill_(name.EndsWith("bias", StringComparison.Ordinal) ? 0 : 1);
            return;
        }
        if (name.EndsWith("embedding.weight", StringComparison.Ordinal))
        {
            values.uniform_(-1.0 / values.size(0), 1.0 / values.size(0), generator);
            return;
        }
        values.normal_(0, Gain(name) / Math.Sqrt(RandomInit.Inputs(values)), generator);
        if (name.EndsWith("upsample.conv.weight", StringComparison.Ordinal))
            AddIdentity(values.select(3, 1).select(2, 1), 1);
        else if (name.EndsWith("downsample.conv.weight", StringComparison.Ordinal))
            AddIdentity(values, 1.0 / 9);
    }

    private static double Gain(string name)
    {
        bool Is(string ending) => name.EndsWith(ending, StringComparison.Ordinal);
        if (Is(".conv1.weight"))
            return Math.Sqrt(2);
        if (Is(".conv2.weight") || Is(".proj_out.weight"))
            return Branch;
        if (Is("sample.conv.weight"))
            return Resampling;
        return Is("decoder.conv_out.weight") ? 0.5 : 1;
    }

    // Output channel i takes input channel i.
    private static void AddIdentity(Tensor weight_OIx, double amount)
    {
        Tensor identity = eye(weight_OIx.size(0), weight_OIx.size(1)) * amount;
        weight_OIx.add_(weight_OIx.dim() == 2 ? identity : identity.unsqueeze(-1).unsqueeze(-1));
    }
}
