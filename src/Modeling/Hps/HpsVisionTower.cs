using PairUni.Modeling.Janus;
using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace PairUni.Modeling.Hps;

// B batch, C channels, H rows, W columns, T tokens, D width, E width of the shared features

/// <summary>CLIP's image tower: class token and patches with learned positions, a norm, the blocks, and the class token's projection.</summary>
internal sealed class HpsVisionTower : nn.Module<Tensor, Tensor>
{
    internal readonly Parameter class_embedding;
    internal readonly Parameter positional_embedding;
    internal readonly Parameter proj;
    internal readonly HpsPatches conv1;
    internal readonly HpsLayerNorm ln_pre;
    internal readonly HpsTransformer transformer;
    internal readonly HpsLayerNorm ln_post;

    internal HpsVisionTower(Layers make, HpsVisionConfig config, long embedDim) : base(nameof(HpsVisionTower))
    {
        class_embedding = make.Parameter(config.Width);
        positional_embedding = make.Parameter(config.Patches + 1, config.Width);
        proj = make.Parameter(config.Width, embedDim);
        conv1 = new HpsPatches(make, config.Width, config.PatchSize);
        ln_pre = new HpsLayerNorm(make, config.Width);
        transformer = new HpsTransformer(make, config.Layers, config.Width, config.Heads, config.MlpWidth);
        ln_post = new HpsLayerNorm(make, config.Width);
        RegisterComponents();
    }

    /// <summary>pixels_BCHW, normalised, to features_BE; computed in the type of the pixels.</summary>
    public override Tensor forward(Tensor pixels_BCHW)
    {
        using DisposeScope scope = NewDisposeScope();
        ScalarType type = pixels_BCHW.dtype;
        Tensor patches_BTD = conv1.forward(pixels_BCHW);
        Tensor class_B1D = class_embedding.to_type(type).expand(patches_BTD.size(0), 1, -1);
        Tensor x_BTD = cat([class_B1D, patches_BTD], 1) + positional_embedding.to_type(type);
        Tensor last_BTD = transformer.forward(ln_pre.forward(x_BTD), false);
        return ln_post.forward(last_BTD.select(1, 0)).matmul(proj.to_type(type)).MoveToOuterDisposeScope();
    }
}
