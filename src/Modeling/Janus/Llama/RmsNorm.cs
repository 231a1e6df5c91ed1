using TorchSharp.Modules;
using static TorchSharp.torch;

namespace PairUni.Modeling.Janus.Llama;

/// <summary>x / sqrt(mean(x^2) + eps) * weight over the last dimension; narrower activations are normalised in float32 and rounded before the weight.</summary>
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
        if (x_BTD.dtype == ScalarType.Float32 && weight.dtype == ScalarType.Float32)
        {
            using Tensor unit_BTD = Unit(x_BTD);
            return unit_BTD * weight;
        }
        using Tensor wide_BTD = x_BTD.to_type(ScalarType.Float32);
        using Tensor wideUnit_BTD = Unit(wide_BTD);
        using Tensor rounded_BTD = wideUnit_BTD.to_type(x_BTD.dtype);
        using Tensor own_D = weight.to_type(x_BTD.dtype);
        return rounded_BTD * own_D;
    }

    private Tensor Unit(Tensor x_BTD)
    {
        using Tensor squares_BTD = x_BTD.square();
        using Tensor mean_BT1 = squares_BTD.mean([-1], keepdim: true);
        using Tensor scale_BT1 = mean_BT1.add_(Eps).rsqrt();
        return x_BTD * scale_BT1;
    }
}
