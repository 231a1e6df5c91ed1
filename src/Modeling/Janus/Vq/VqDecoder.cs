using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace PairUni.Modeling.Janus.Vq;

/// <summary>Latent map to image, doubling the side between levels; level 0 of conv_blocks is the lowest resolution.</summary>
public sealed class VqDecoder : nn.Module<Tensor, Tensor>
{
    private readonly ConvLayer conv_in;
    private readonly ModuleList<nn.Module<Tensor, Tensor>> mid;
    private readonly ModuleList<VqDecoderLevel> conv_blocks;
    private readonly GroupNormLayer norm_out;
    private readonly ConvLayer conv_out;

    internal VqDecoder(Layers make, VqConfig config) : base(nameof(VqDecoder))
    {
        int levels = config.Multipliers.Length;
        long Width(int level) => (long)config.Channels * config.Multipliers[levels - 1 - Math.Max(level, 0)];
        long lowest = Width(0);
        conv_in = make.Conv(config.LatentChannels, lowest, 3, padding: 1);
        mid = new(new VqResBlock(make, lowest, lowest), new VqAttention(make, lowest), new VqResBlock(make, lowest, lowest));
        conv_blocks = Layers.List(levels, i =>
            new VqDecoderLevel(make, Width(i - 1), Width(i), config.ResidualBlocks + 1, i == 0, i == levels - 1));
        norm_out = make.GroupNorm(VqResBlock.NormGroups, Width(levels - 1), VqResBlock.NormEps);
        conv_out = make.Conv(Width(levels - 1), 3, 3, padding: 1);
        RegisterComponents();
    }

    /// <summary>latent_BZhw to images_BCHW, nominally -1..1 but not bounded.</summary>
    public override Tensor forward(Tensor latent_BZhw)
    {
        using DisposeScope scope = NewDisposeScope();
        Tensor x_BCHW = conv_in.forward(latent_BZhw);
        foreach (nn.Module<Tensor, Tensor> module in mid)
            x_BCHW = module.forward(x_BCHW);
        foreach (VqDecoderLevel level in conv_blocks)
            x_BCHW = level.forward(x_BCHW);
        return conv_out.forward(NormSwish.Apply(norm_out, x_BCHW, mayOverwrite: true)).MoveToOuterDisposeScope();
    }
}
