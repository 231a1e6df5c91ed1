using static TorchSharp.torch;
using F = TorchSharp.torch.nn.functional;

namespace PairUni.Modeling.Janus.Vq;

/// <summary>Doubles the side by repeating pixels, then a 3x3 convolution.</summary>
public sealed class VqUpsample : nn.Module<Tensor, Tensor>
{
    private readonly ConvLayer conv;

    internal VqUpsample(Layers make, long channels) : base(nameof(VqUpsample))
    {
        conv = make.Conv(channels, channels, 3, padding: 1);
        RegisterComponents();
    }

    public override Tensor forward(Tensor x_BCHW)
    {
        using Tensor doubled_BCHW = F.interpolate(x_BCHW, scale_factor: [2, 2], mode: InterpolationMode.Nearest);
        return conv.forward(doubled_BCHW);
    }
}
