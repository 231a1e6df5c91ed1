using PairUni.Modeling.Janus;
using TorchSharp.Modules;
using static TorchSharp.torch;
using F = TorchSharp.torch.nn.functional;

namespace PairUni.Modeling.Hps;

/// <summary>LayerNorm with eps 1e-5, computed in float32 whatever the type of its input and of the model.</summary>
internal sealed class HpsLayerNorm : nn.Module<Tensor, Tensor>
{
    private const double Eps = 1e-5;

    internal readonly Parameter weight;
    internal readonly Parameter bias;

    internal HpsLayerNorm(Layers make, long width) : base(nameof(HpsLayerNorm))
    {
        Layers single = make with { Dtype = ScalarType.Float32 };
        weight = single.Parameter(width);
        bias = single.Parameter(width);
        RegisterComponents();
    }

    public override Tensor forward(Tensor x)
    {
        using Tensor single = x.to_type(ScalarType.Float32);
        using Tensor normed = F.layer_norm(single, [weight.size(0)], weight, bias, Eps);
        return normed.to_type(x.dtype);
    }
}
