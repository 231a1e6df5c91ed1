using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace PairUni.Modeling.Janus.Vision;

/// <summary>SigLIP: patches with learned positions through all blocks and the final norm, without pooling.</summary>
public sealed class SiglipTower : nn.Module<Tensor, Tensor>
{
    /// <summary>Of every LayerNorm of the tower.</summary>
    internal const double NormEps = 1e-6;

    internal readonly PatchEmbed patch_embed;
    internal readonly Parameter pos_embed;
    internal readonly ModuleList<SiglipBlock> blocks;
    internal readonly LayerNormLayer norm;

    internal SiglipTower(Layers make, VisionConfig config) : base(nameof(SiglipTower))
    {
        patch_embed = new PatchEmbed(make, config.Width, config.PatchSize);
        pos_embed = make.Parameter(1, config.Tokens, config.Width);
        blocks = Layers.List(config.Layers, _ => new SiglipBlock(make, config));
        norm = make.LayerNorm(config.Width, NormEps);
        RegisterComponents();
    }

    /// <summary>pixels_BCHW in -1..1 to features_BTD, T patches in raster order.</summary>
    public override Tensor forward(Tensor pixels_BCHW)
    {
        using DisposeScope scope = NewDisposeScope();
        Tensor x_BTD = patch_embed.forward(pixels_BCHW);
        x_BTD = x_BTD + pos_embed.to_type(x_BTD.dtype);
        foreach (SiglipBlock block in blocks)
            x_BTD = block.forward(x_BTD);
        return norm.forward(x_BTD).MoveToOuterDisposeScope();
    }
}
