using TorchSharp;
using static TorchSharp.torch;

namespace PairUni.Modeling.Janus.Vision;

/// <summary>One pre-norm transformer block of the vision tower.</summary>
public sealed class SiglipBlock : nn.Module<Tensor, Tensor>
{
    private readonly LayerNormLayer norm1;
    private readonly SiglipAttention attn;
    private readonly LayerNormLayer norm2;
    private readonly SiglipMlp mlp;

    internal SiglipBlock(Layers make, VisionConfig config) : base(nameof(SiglipBlock))
    {
        norm1 = make.LayerNorm(config.Width, SiglipTower.NormEps);
        attn = new SiglipAttention(make, config.Width, config.Heads);
        norm2 = make.LayerNorm(config.Width, SiglipTower.NormEps);
        mlp = new SiglipMlp(make, config.Width, (long)config.Width * config.MlpRatio);
        RegisterComponents();
    }

    public override Tensor forward(Tensor x_BTD)
    {
        using DisposeScope scope = NewDisposeScope();
        Tensor mixed_BTD = x_BTD + attn.forward(norm1.forward(x_BTD));
        return (mixed_BTD + mlp.forward(norm2.forward(mixed_BTD))).MoveToOuterDisposeScope();
    }
}
