using TorchSharp.Modules;
using static TorchSharp.torch;
using F = TorchSharp.torch.nn.functional;

namespace PairUni.Modeling.Janus;

/// <summary>Group normalisation in the type of its input; a narrower scale is widened.</summary>
public sealed class GroupNormLayer : nn.Module<Tensor, Tensor>
{
    internal readonly Parameter weight;
    internal readonly Parameter bias;

    internal GroupNormLayer(Parameter weight, Parameter bias, long groups, double eps) : base(nameof(GroupNormLayer))
    {
        this.weight = weight;
        this.bias = bias;
        Groups = groups;
        Eps = eps;
        RegisterComponents();
    }

    internal long Groups { get; }

    internal double Eps { get; }

    public override Tensor forward(Tensor x_BCHW)
    {
        if (x_BCHW.dtype == weight.dtype)
            return F.group_norm(x_BCHW, Groups, weight, bias, Eps);
        using Tensor wide = weight.to_type(x_BCHW.dtype);
        using Tensor wideBias = bias.to_type(x_BCHW.dtype);
        return F.group_norm(x_BCHW, Groups, wide, wideBias, Eps);
    }
}
