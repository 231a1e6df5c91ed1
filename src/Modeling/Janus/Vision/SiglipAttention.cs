using static TorchSharp.torch;

namespace PairUni.Modeling.Janus.Vision;

// B batch, T patches, D width, N heads, H head width

/// <summary>Full self-attention over the patches with one fused projection for queries, keys and values.</summary>
public sealed class SiglipAttention : nn.Module<Tensor, Tensor>
{
    private readonly LinearLayer qkv;
    private readonly LinearLayer proj;
    private readonly int _heads;

    internal SiglipAttention(Layers make, long width, int heads) : base(nameof(SiglipAttention))
    {
        _heads = heads;
        qkv = make.Linear(width, 3 * width);
        proj = make.Linear(width, width);
        RegisterComponents();
    }

    public override Tensor forward(Tensor x_BTD)
    {
        (long batch, long tokens, long width) = (x_BTD.size(0), x_BTD.size(1), x_BTD.size(2));
        long head = width / _heads;
        Tensor qkv_3BNTH = qkv.forward(x_BTD).view(batch, tokens, 3, _heads, head).permute(2, 0, 3, 1, 4);
        Tensor q_BNTH = qkv_3BNTH.select(0, 0) * (1 / Math.Sqrt(head));
        Tensor scores_BNTT = q_BNTH.matmul(qkv_3BNTH.select(0, 1).transpose(-2, -1));
        Tensor mixed_BNTH = scores_BNTT.softmax(-1, ScalarType.Float32).to_type(x_BTD.dtype).matmul(qkv_3BNTH.select(0, 2));
        return proj.forward(mixed_BNTH.transpose(1, 2).reshape(batch, tokens, width));
    }
}
