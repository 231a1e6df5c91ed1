using PairUni.Modeling.Janus;
using TorchSharp;
using static TorchSharp.torch;

namespace PairUni.Modeling.Hps;

/// <summary>One pre-norm transformer block of either tower.</summary>
internal sealed class HpsBlock : nn.Module<Tensor, bool, Tensor>
{
    internal readonly HpsLayerNorm ln_1;
    internal readonly HpsAttention attn;
    internal readonly HpsLayerNorm ln_2;
    internal readonly HpsMlp mlp;

    internal HpsBlock(Layers make, long width, int heads, long inner) : base(nameof(HpsBlock))
    {
        ln_1 = new HpsLayerNorm(make, width);
        attn = new HpsAttention(make, width, heads);
        ln_2 = new HpsLayerNorm(make, width);
        mlp = new HpsMlp(make, width, inner);
        RegisterComponents();
    }

    /// <param name="x_BTD">Input; not disposed.</param>
    /// <param name="causal">Whether a token sees only itself and those before it.</param>
    public override Tensor forward(Tensor x_BTD, bool causal)
    {
        using DisposeScope scope = NewDisposeScope();
        Tensor mixed_BTD = x_BTD + attn.forward(ln_1.forward(x_BTD), causal);
        return (mixed_BTD + mlp.forward(ln_2.forward(mixed_BTD))).MoveToOuterDisposeScope();
    }
}
