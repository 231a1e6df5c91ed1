using TorchSharp;
using static TorchSharp.torch;

namespace PairUni.Modeling.Janus.Vq;

/// <summary>Two norm-swish-convolution steps around a shortcut, which is a 1x1 convolution where the width changes.</summary>
public sealed class VqResBlock : nn.Module<Tensor, Tensor>
{
    internal const int NormGroups = 32;
    internal const double NormEps = 1e-6;

    private readonly GroupNormLayer norm1;
    private readonly ConvLayer conv1;
    private readonly GroupNormLayer norm2;
    private readonly ConvLayer conv2;
    private readonly ConvLayer? nin_shortcut;

    internal VqResBlock(Layers make, long input, long output) : base(nameof(VqResBlock))
    {
        norm1 = make.GroupNorm(NormGroups, input, NormEps);
        conv1 = make.Conv(input, output, 3, padding: 1);
        norm2 = make.GroupNorm(NormGroups, output, NormEps);
        conv2 = make.Conv(output, output, 3, padding: 1);
        nin_shortcut = input == output ? null : make.Conv(input, output, 1);
        RegisterComponents();
    }

    public override Tensor forward(Tensor x_BCHW)
    {
        using DisposeScope scope = NewDisposeScope();
        Tensor inner_BCHW = conv1.forward(NormSwish.Apply(norm1, x_BCHW, mayOverwrite: false));
        Tensor outer_BCHW = conv2.forward(NormSwish.Apply(norm2, inner_BCHW, mayOverwrite: true));
        Tensor shortcut_BCHW = nin_shortcut is null ? x_BCHW : nin_shortcut.forward(x_BCHW);
        return outer_BCHW.add_(shortcut_BCHW).MoveToOuterDisposeScope();
    }
}
