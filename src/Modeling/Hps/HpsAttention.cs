using PairUni.Modeling.Janus;
using TorchSharp.Modules;
using static TorchSharp.torch;
using F = TorchSharp.torch.nn.functional;

namespace PairUni.Modeling.Hps;

// B batch, T tokens, D width, N heads, H head width

/// <summary>Self-attention with the queries', keys' and values' projections packed into one matrix, in this order.</summary>
internal sealed class HpsAttention : nn.Module<Tensor, bool, Tensor>
{
    internal readonly Parameter in_proj_weight;
    internal readonly Parameter in_proj_bias;
    internal readonly LinearLayer out_proj;
    private readonly int _heads;

    internal HpsAttention(Layers make, long width, int heads) : base(nameof(HpsAttention))
    {
        _heads = heads;
        in_proj_weight = make.Parameter(3 * width, width);
        in_proj_bias = make.Parameter(3 * width);
        out_proj = make.Linear(width, width);
        RegisterComponents();
    }

    /// <param name="x_BTD">Input.</param>
    /// <param name="causal">Whether a token sees only itself and those before it.</param>
    public override Tensor forward(Tensor x_BTD, bool causal)
    {
        (long batch, long tokens, long width) = (x_BTD.size(0), x_BTD.size(1), x_BTD.size(2));
        Tensor packed_BTD = LinearLayer.Apply(x_BTD, in_proj_weight, in_proj_bias);
        Tensor qkv_3BNTH = packed_BTD.view(batch, tokens, 3, _heads, width / _heads).permute(2, 0, 3, 1, 4);
        Tensor mixed_BNTH = F.scaled_dot_product_attention(qkv_3BNTH.select(0, 0), qkv_3BNTH.select(0, 1), qkv_3BNTH.select(0, 2), is_casual: causal);
        return out_proj.forward(mixed_BNTH.transpose(1, 2).reshape(batch, tokens, width));
    }
}
