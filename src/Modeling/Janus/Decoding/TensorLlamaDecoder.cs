using PairUni.Modeling.Janus.Llama;
using TorchSharp;
using static TorchSharp.torch;
using F = TorchSharp.torch.nn.functional;

namespace PairUni.Modeling.Janus.Decoding;

// P prompts, G samples of each, B = P * G rows, D width, N query heads, K key-value heads, R = N / K, H head width, L prompt tokens, T own tokens

/// <summary>Decodes with tensor operators on any device: in-place cache writes, angles gathered once, no masks among own tokens.</summary>
internal sealed class TensorLlamaDecoder : LlamaDecoder
{
    private readonly LlamaModel _model;
    private readonly LlamaConfig _config;
    private readonly KvCache _cache;
    private readonly ScalarType _compute;
    private readonly Tensor _cos_BMH;
    private readonly Tensor _sin_BMH;
    private Tensor? _hidden_BD;

    public TensorLlamaDecoder(LlamaModel model, PromptKeyValues prompts, int group, int room)
    {
        using DisposeScope scope = NewDisposeScope();
        _model = model;
        _config = model.Config;
        Tensor weight = model.norm.weight;
        _compute = prompts.LastHidden_PD.dtype;
        _cache = new KvCache(_config, prompts, group, room, _compute, weight.device);
        long[] starts = [.. prompts.Lengths.SelectMany(length => Enumerable.Repeat((long)length, group))];
        Tensor positions_BM = tensor(starts, ScalarType.Int64, weight.device).unsqueeze(1) + arange(room, ScalarType.Int64, weight.device);
        RotaryAngles angles = model.Rotary.At(positions_BM, prompts.Lengths.Max() + room);
        _cos_BMH = angles.Cos.DetachFromDisposeScope();
        _sin_BMH = angles.Sin.DetachFromDisposeScope();
    }

    public override int Rows => _cache.Rows;

    public override Tensor Step(Tensor x_BD)
    {
        using DisposeScope scope = NewDisposeScope();
        int at = _cache.Advance();
        Tensor cos_B1H = _cos_BMH.narrow(1, at, 1);
        Tensor sin_B1H = _sin_BMH.narrow(1, at, 1);
        Tensor hidden_BD = x_BD;
        for (int i = 0; i < _model.layers.Count; i++)
        {
            LlamaLayer layer = _model.layers[i];
            Tensor mixed_BD = Attend(i, layer.self_attn, layer.input_layernorm.forward(hidden_BD), cos_B1H, sin_B1H, at);
            hidden_BD = hidden_BD + mixed_BD;
            Tensor gateUp_B2I = layer.mlp.GateUp.Forward(layer.post_attention_layernorm.forward(hidden_BD));
            long inner = gateUp_B2I.size(1) / 2;
            Tensor active_BI = F.silu(gateUp_B2I.narrow(1, 0, inner)).mul_(gateUp_B2I.narrow(1, inner, inner));
            hidden_BD = hidden_BD + layer.mlp.down_proj.forward(active_BI);
        }
        _hidden_BD?.Dispose();
        _hidden_BD = _model.norm.forward(hidden_BD).DetachFromDisposeScope();
        return _hidden_BD;
    }

    protected override void Dispose(bool disposing)
    {
        _cache.Dispose();
        _cos_BMH.Dispose();
        _sin_BMH.Dispose();
        _hidden_BD?.Dispose();
    }

    private Tensor Attend(int layer, LlamaAttention attention, Tensor x_BD, Tensor cos_B1H, Tensor sin_B1H, int at)
    {
        (long heads, long shared, long width) = (_config.Heads, _config.KeyValueHeads, _config.HeadWidth);
        (long rows, long prompts, long group, long repeats) = (Rows, _cache.Prompts.Prompts, _cache.Group, heads / shared);
        Tensor qkv_BXH = attention.Qkv.Forward(x_BD).view(rows, heads + 2 * shared, width);
        Tensor qk_BXH = qkv_BXH.narrow(1, 0, heads + shared);
        Tensor wide_BXH = qk_BXH.to_type(ScalarType.Float32);
        Tensor turned_BXH = (wide_BXH * cos_B1H).addcmul_(wide_BXH.roll(width / 2, 2), sin_B1H, 1);
        _cache.Keys_BKMH[layer].select(2, at).copy_(turned_BXH.narrow(1, heads, shared));
        _cache.Values_BKMH[layer].select(2, at).copy_(qkv_BXH.narrow(1, heads + shared, shared));

        Tensor q_BKRH = (turned_BXH.narrow(1, 0, heads) * (1 / Math.Sqrt(width))).to_type(_compute).view(rows, shared, repeats, width);
        Tensor q_PKSH = q_BKRH.view(prompts, group, shared, repeats, width).transpose(1, 2).reshape(prompts, shared, group * repeats, width);
        LayerKeyValues prompt = _cache.Prompts.Layers[layer];
        Tensor far_PKSL = q_PKSH.matmul(prompt.Keys_PKLH.transpose(2, 3));
        if (_cache.Prompts.Bias_P11L is { } bias_P11L)
            far_PKSL = far_PKSL.add_(bias_P11L);
        long length = far_PKSL.size(3);
        Tensor far_BKRL = far_PKSL.view(prompts, shared, group, repeats, length).transpose(1, 2).reshape(rows, shared, repeats, length);
        Tensor near_BKRT = q_BKRH.matmul(_cache.Keys_BKMH[layer].narrow(2, 0, at + 1).transpose(2, 3));
        Tensor weights_BKRX = cat([far_BKRL, near_BKRT], -1).softmax(-1, ScalarType.Float32).to_type(_compute);

        Tensor farWeights_PKSL = weights_BKRX.narrow(-1, 0, length).view(prompts, group, shared, repeats, length)
            .transpose(1, 2).reshape(prompts, shared, group * repeats, length);
        Tensor far_PKSH = farWeights_PKSL.matmul(prompt.Values_PKLH);
        Tensor far_BKRH = far_PKSH.view(prompts, shared, group, repeats, width).transpose(1, 2).reshape(rows, shared, repeats, width);
        Tensor near_BKRH = weights_BKRX.narrow(-1, length, at + 1).matmul(_cache.Values_BKMH[layer].narrow(2, 0, at + 1));
        return attention.o_proj.forward(near_BKRH.add_(far_BKRH).view(rows, heads * width));
    }
}
