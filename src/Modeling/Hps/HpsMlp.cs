using PairUni.Modeling.Janus;
using static TorchSharp.torch;
using F = TorchSharp.torch.nn.functional;

namespace PairUni.Modeling.Hps;

/// <summary>The feed-forward half of a block, with an exact GELU.</summary>
internal sealed class HpsMlp : nn.Module<Tensor, Tensor>
{
    internal readonly LinearLayer c_fc;
    internal readonly LinearLayer c_proj;

    internal HpsMlp(Layers make, long width, long inner) : base(nameof(HpsMlp))
    {
        c_fc = make.Linear(width, inner);
        c_proj = make.Linear(inner, width);
        RegisterComponents();
    }

    public override Tensor forward(Tensor x_BTD) => c_proj.forward(F.gelu(c_fc.forward(x_BTD)));
}
