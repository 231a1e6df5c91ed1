using TorchSharp.Modules;
using static TorchSharp.torch;

namespace PairUni.Modeling.Janus.Llama;

/// <summary>x / sqrt(mean(x^2) + eps) * weight over the last dimension.</summary>
public sealed class RmsNorm : nn.Module<Tensor, Tensor>
{
    internal readonly Parameter weight;
    internal readonly double Eps;

    internal RmsNorm(Layers make, long width, double eps) : base(nameof(RmsNorm))
    {
        weight = make.Parameter(width);
        Eps = eps;
        RegisterComponents();
    }

    public override Tensor forward(Tensor x_BTD)
    {
        using Tensor squares_BTD = x_BTD.square();
        using Tensor mean_BT1 = squares_BTD.mean([-1], keepdim: true);
        using Tensor scale_BT1 = mean_BT1.add_(Eps).rsqrt();
        using Tensor unit_BTD = x_BTD * scale_BT1;
        return unit_BTD * weight;
    }
}
