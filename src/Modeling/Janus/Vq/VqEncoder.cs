using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace PairUni.Modeling.Janus.Vq;

/// <summary>Image to latent map, halving the side between levels.</summary>
public sealed class VqEncoder : nn.Module<Tensor, Tensor>
{
    private readonly ConvLayer conv_in;
    private readonly ModuleList<VqEncoderLevel> conv_blocks;
    private readonly ModuleList<nn.Module<Tensor, Tensor>> mid;
    private readonly GroupNormLayer norm_out;
    private readonly ConvLayer conv_out;

    internal VqEncoder(Layers make, VqConfig config) : base(nameof(VqEncoder))
    {
        int levels = config.Multipliers.Length;
        long Width(int level) => (long)config.Channels * (level < 0 ? 1 : config.Multipliers[level]);
        long last = Width(levels - 1);
        conv_in = make.Conv(3, config.Channels, 3, padding: 1);
        conv_blocks = Layers.List(levels, i => new VqEncoderLevel(make, Width(i - 1), Width(i), config.ResidualBlocks, i == levels - 1));
        mid = new(new VqResBlock(make, last, last), new VqAttention(make, last), new VqResBlock(make, last, last));
        norm_out = make.GroupNorm(VqResBlock.NormGroups, last, VqResBlock.NormEps);
        conv_out = make.Conv(last, config.LatentChannels, 3, padding: 1);
        RegisterComponents();
    }

    /// <summary>images_BCHW in -1..1 to latent_BZhw, h = H / downsampling.</summary>
    public override Tensor forward(Tensor images_BCHW)
    {
        using DisposeScope scope = NewDisposeScope();
        Tensor x_BCHW = conv_in.forward(images_BCHW);
        foreach (VqEncoderLevel level in conv_blocks)
            x_BCHW = level.forward(x_BCHW);
        foreach (nn.Module<Tensor, Tensor> module in mid)
            x_BCHW = module.forward(x_BCHW);
        return conv_out.forward(NormSwish.Apply(norm_out, x_BCHW, mayOverwrite: true)).MoveToOuterDisposeScope();
    }
}
