using PairUni.Modeling.Janus;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace PairUni.Modeling.Hps;

/// <summary>The blocks of a tower, one after the other.</summary>
internal sealed class HpsTransformer : nn.Module<Tensor, bool, Tensor>
{
    internal readonly ModuleList<HpsBlock> resblocks;

    internal HpsTransformer(Layers make, int layers, long width, int heads, long inner) : base(nameof(HpsTransformer))
    {
        resblocks = Layers.List(layers, _ => new HpsBlock(make, width, heads, inner));
        RegisterComponents();
    }

    /// <param name="x_BTD">Input; left to the caller's dispose scope, like what lies between the blocks.</param>
    /// <param name="causal">Whether a token sees only itself and those before it.</param>
    public override Tensor forward(Tensor x_BTD, bool causal)
    {
        Tensor input_BTD = x_BTD;
        foreach (HpsBlock block in resblocks)
        {
            Tensor output_BTD = block.forward(x_BTD, causal);
            if (!ReferenceEquals(x_BTD, input_BTD))
                x_BTD.Dispose();
            x_BTD = output_BTD;
        }
        return x_BTD;
    }
}
