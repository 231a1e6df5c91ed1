using TorchSharp.Modules;
using static TorchSharp.torch;

namespace PairUni.Modeling.Janus.Vq;

/// <summary>One resolution of the encoder: residual blocks, each followed by attention at the lowest resolution, then the halving.</summary>
public sealed class VqEncoderLevel : nn.Module<Tensor, Tensor>
{
    private readonly ModuleList<VqResBlock> res;
    private readonly ModuleList<VqAttention> attn;
    private readonly VqDownsample? downsample;

    internal VqEncoderLevel(Layers make, long input, long output, int blocks, bool lowest) : base(nameof(VqEncoderLevel))
    {
        res = Layers.List(blocks, i => new VqResBlock(make, i == 0 ? input : output, output));
        attn = Layers.List(lowest ? blocks : 0, _ => new VqAttention(make, output));
        downsample = lowest ? null : new VqDownsample(make, output);
        RegisterComponents();
    }

    public override Tensor forward(Tensor x_BCHW)
    {
        for (int i = 0; i < res.Count; i++)
        {
            x_BCHW = res[i].forward(x_BCHW);
            if (attn.Count > 0)
                x_BCHW = attn[i].forward(x_BCHW);
        }
        return downsample is null ? x_BCHW : downsample.forward(x_BCHW);
    }
}
