using TorchSharp.Modules;
using static TorchSharp.torch;
using F = TorchSharp.torch.nn.functional;

namespace PairUni.Modeling.Janus;

/// <summary>Layer normalisation over the last dimension in the type of its input; a narrower scale is widened.</summary>
public sealed class LayerNormLayer : nn.Module<Tensor, Tensor>
{
    internal readonly Parameter weight;
    internal readonly Parameter bias;
    private readonly long[] _shape;
    private readonly double _eps;

    internal LayerNormLayer(Parameter weight, Parameter bias, double eps) : base(nameof(LayerNormLayer))
    {
        this.weight = weight;
        this.bias = bias;
        _shape = [weight.size(0)];
        _eps = eps;
        RegisterComponents();
    }

    public override Tensor forward(Tensor x)
    {
        if (x.dtype == weight.dtype)
            return F.layer_norm(x, _shape, weight, bias, _eps);
        using Tensor wide = weight.to_type(x.dtype);
        using Tensor wideBias = bias.to_type(x.dtype);
        return F.layer_norm(x, _shape, wide, wideBias, _eps);
    }
}
