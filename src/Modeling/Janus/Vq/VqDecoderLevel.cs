using TorchSharp.Modules;
using static TorchSharp.torch;

namespace PairUni.Modeling.Janus.Vq;

/// <summary>One resolution of the decoder: residual blocks, each followed by attention at the lowest resolution, then the doubling.</summary>
public sealed class VqDecoderLevel : nn.Module<Tensor, Tensor>
{
    private readonly ModuleList<VqResBlock> res;
    private readonly ModuleList<VqAttention> attn;
    private readonly VqUpsample? upsample;

    internal VqDecoderLevel(Layers make, long input, long output, int blocks, bool lowest, bool highest) : base(nameof(VqDecoderLevel))
    {
        res = Layers.List(blocks, i => new VqResBlock(make, i == 0 ? input : output, output));
        attn = Layers.List(lowest ? blocks : 0, _ => new VqAttention(make, output));
        upsample = highest ? null : new VqUpsample(make, output);
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
        return upsample is null ? x_BCHW : upsample.forward(x_BCHW);
    }
}
