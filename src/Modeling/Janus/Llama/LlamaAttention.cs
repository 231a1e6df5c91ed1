using static TorchSharp.torch;

namespace PairUni.Modeling.Janus.Llama;

// P prompts, G samples of each, B = P * G rows, T tokens, L prompt tokens, D width, N query heads, K key-value heads, H head width

/// <summary>Causal self-attention with rotary positions; several query heads may share one key-value head.</summary>
public sealed class LlamaAttention : nn.Module
{
    internal readonly FusedLinear Qkv;
    internal readonly LinearLayer q_proj;
    internal readonly LinearLayer k_proj;
    internal readonly LinearLayer v_proj;
    internal readonly LinearLayer o_proj;
    private readonly LlamaConfig _config;

    internal LlamaAttention(Layers make, LlamaConfig config) : base(nameof(LlamaAttention))
    {
        _config = config;
        long query = (long)config.Heads * config.HeadWidth;
        long shared = (long)config.KeyValueHeads * config.HeadWidth;
        Qkv = new FusedLinear(make, config.HiddenSize, query, shared, shared);
        (q_proj, k_proj, v_proj) = (Qkv[0], Qkv[1], Qkv[2]);
        o_proj = make.Linear(query, config.HiddenSize, bias: false);
        RegisterComponents();
    }

    /// <summary>Attends among the tokens of each row.</summary>
    /// <param name="bias">Added to the scores, broadcast over [B, N, T, T].</param>
    internal (Tensor Output_BTD, LayerKeyValues KeyValues) Prompt(Tensor x_BTD, RotaryAngles angles, Tensor bias)
    {
        (Tensor q_BTNH, Tensor k_BTKH, Tensor v_BTKH) = Project(x_BTD, angles);
        Tensor k_BKTH = k_BTKH.transpose(1, 2);
        Tensor v_BKTH = v_BTKH.transpose(1, 2);
        Tensor scores_BNTT = q_BTNH.transpose(1, 2).matmul(PerQuery(k_BKTH).transpose(2, 3)).add_(bias);
        Tensor mixed_BNTH = Weights(scores_BNTT).matmul(PerQuery(v_BKTH));
        Tensor output_BTD = o_proj.forward(mixed_BNTH.transpose(1, 2).flatten(2));
        return (output_BTD, new LayerKeyValues(k_BKTH, v_BKTH));
    }

    /// <summary>Attends to the row's prompt, whose keys and values all samples of the prompt share, and to the row's own tokens.</summary>
    /// <param name="promptBias">[P, 1, 1, L] or null.</param>
    /// <param name="bias">Added to the scores among own tokens, broadcast over [P, N, G, T, T].</param>
    internal Tensor Continue(Tensor x_BTD, RotaryAngles angles, LayerKeyValues prompt, Tensor? promptBias, Tensor bias)
    {
        (long prompts, long length) = (prompt.Keys_PKLH.size(0), prompt.Keys_PKLH.size(2));
        (long group, long tokens) = (x_BTD.size(0) / prompts, x_BTD.size(1));
        (long heads, long width) = (_config.Heads, _config.HeadWidth);
        (Tensor q_BTNH, Tensor k_BTKH, Tensor v_BTKH) = Project(x_BTD, angles);
        Tensor Own(Tensor x_BTXH) => x_BTXH.view(prompts, group, tokens, -1, width).permute(0, 3, 1, 2, 4);

        Tensor q_PNGTH = Own(q_BTNH).contiguous();
        Tensor q_PNMH = q_PNGTH.view(prompts, heads, group * tokens, width);
        Tensor far_PNML = q_PNMH.matmul(PerQuery(prompt.Keys_PKLH).transpose(2, 3));
        if (promptBias is not null)
            far_PNML = far_PNML.add_(promptBias);
        Tensor near_PNGTT = q_PNGTH.matmul(PerQuery(Own(k_BTKH)).transpose(3, 4)).add_(bias);

        Tensor scores_PNGTX = cat([far_PNML.view(prompts, heads, group, tokens, length), near_PNGTT], -1);
        Tensor weights_PNGTX = Weights(scores_PNGTX);
        Tensor farWeights_PNML = weights_PNGTX.narrow(-1, 0, length).reshape(prompts, heads, group * tokens, length);
        Tensor far_PNMH = farWeights_PNML.matmul(PerQuery(prompt.Values_PKLH));
        Tensor near_PNGTH = weights_PNGTX.narrow(-1, length, tokens).matmul(PerQuery(Own(v_BTKH)));
        Tensor mixed_PNGTH = near_PNGTH.add_(far_PNMH.view(prompts, heads, group, tokens, width));
        return o_proj.forward(mixed_PNGTH.permute(0, 2, 3, 1, 4).reshape(prompts * group, tokens, heads * width));
    }

    // Summed in float32 whatever the scores' type.
    private static Tensor Weights(Tensor scores) => scores.softmax(-1, ScalarType.Float32).to_type(scores.dtype);

    // Queries come scaled by 1/sqrt(H).
    private (Tensor Q_BTNH, Tensor K_BTKH, Tensor V_BTKH) Project(Tensor x_BTD, RotaryAngles angles)
    {
        (long batch, long tokens, long width) = (x_BTD.size(0), x_BTD.size(1), _config.HeadWidth);
        Tensor q_BTNH = q_proj.forward(x_BTD).view(batch, tokens, _config.Heads, width);
        Tensor k_BTKH = k_proj.forward(x_BTD).view(batch, tokens, _config.KeyValueHeads, width);
        Tensor v_BTKH = v_proj.forward(x_BTD).view(batch, tokens, _config.KeyValueHeads, width);
        return (angles.Rotate(q_BTNH, 1 / Math.Sqrt(width)), angles.Rotate(k_BTKH), v_BTKH);
    }

    // [P, K, ...] to [P, N, ...], each key-value head repeated for the query heads that share it.
    private Tensor PerQuery(Tensor x_PKx)
    {
        int repeats = _config.Heads / _config.KeyValueHeads;
        if (repeats == 1)
            return x_PKx;
        long[] shape = x_PKx.shape;
        long[] wide = [shape[0], shape[1], repeats, .. shape[2..]];
        return x_PKx.unsqueeze(2).expand(wide).reshape([shape[0], shape[1] * repeats, .. shape[2..]]);
    }

    protected override void Dispose(bool disposing)
    {
        if (disposing)
            Qkv.Dispose();
        base.Dispose(disposing);
    }
}
