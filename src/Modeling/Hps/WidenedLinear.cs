using PairUni.Modeling.Janus;
using TorchSharp.Modules;
using static TorchSharp.torch;
using F = TorchSharp.torch.nn.functional;

namespace PairUni.Modeling.Hps;

/// <summary>A linear layer whose parameters may be kept in a narrower type than its input: they are widened while it is used.</summary>
internal sealed class WidenedLinear : nn.Module<Tensor, Tensor>
{
    internal readonly Parameter weight;
    internal readonly Parameter bias;

    internal WidenedLinear(Layers make, long input, long output) : base(nameof(WidenedLinear))
    {
        weight = make.Parameter(output, input);
        bias = make.Parameter(output);
        RegisterComponents();
    }

    public override Tensor forward(Tensor x)
    {
        using Tensor wide = weight.to_type(x.dtype);
        using Tensor offset = bias.to_type(x.dtype);
        return F.linear(x, wide, offset);
    }
}
