using TorchSharp;
using static TorchSharp.torch;

namespace PairUni.Modeling.Janus.Vq;

/// <summary>Single-head attention over all positions of a feature map, with a residual.</summary>
public sealed class VqAttention : nn.Module<Tensor, Tensor>
{
    private readonly GroupNormLayer norm;
    private readonly ConvLayer q;
    private readonly ConvLayer k;
    private readonly ConvLayer v;
    private readonly ConvLayer proj_out;

    internal VqAttention(Layers make, long channels) : base(nameof(VqAttention))
    {
        norm = make.GroupNorm(VqResBlock.NormGroups, channels, VqResBlock.NormEps);
        q = make.Conv(channels, channels, 1);
        k = make.Conv(channels, channels, 1);
        v = make.Conv(channels, channels, 1);
        proj_out = make.Conv(channels, channels, 1);
        RegisterComponents();
    }

    public override Tensor forward(Tensor x_BCHW)
    {
        using DisposeScope scope = NewDisposeScope();
        Tensor normed_BCHW = norm.forward(x_BCHW);
        Tensor q_BTC = q.forward(normed_BCHW).flatten(2).transpose(1, 2);
        Tensor k_BCT = k.forward(normed_BCHW).flatten(2);
        Tensor v_BCT = v.forward(normed_BCHW).flatten(2);
        Tensor weights_BTT = (q_BTC.bmm(k_BCT) * Math.Pow(x_BCHW.size(1), -0.5)).softmax(-1, ScalarType.Float32).to_type(x_BCHW.dtype);
        Tensor mixed_BCHW = v_BCT.bmm(weights_BTT.transpose(1, 2)).view_as(x_BCHW);
        return (x_BCHW + proj_out.forward(mixed_BCHW)).MoveToOuterDisposeScope();
    }
}
