using static TorchSharp.torch;
using F = TorchSharp.torch.nn.functional;

namespace PairUni.Modeling.Janus.Vq;

/// <summary>Halves the side: one zero column right, one zero row below, then a 3x3 convolution of stride 2.</summary>
public sealed class VqDownsample : nn.Module<Tensor, Tensor>
{
    private readonly ConvLayer conv;

    internal VqDownsample(Layers make, long channels) : base(nameof(VqDownsample))
    {
        conv = make.Conv(channels, channels, 3, stride: 2);
        RegisterComponents();
    }

    public override Tensor forward(Tensor x_BCHW)
    {
        using Tensor padded_BCHW = F.pad(x_BCHW, (0, 1, 0, 1));
        return conv.forward(padded_BCHW);
    }
}
