using PairUni.Modeling.Files;
using TorchSharp;
using static TorchSharp.torch;

namespace PairUni.Modeling.Janus.Llama;

/// <summary>One pre-norm decoder layer.</summary>
public sealed class LlamaLayer : nn.Module
{
    internal readonly RmsNorm input_layernorm;
    internal readonly LlamaAttention self_attn;
    internal readonly RmsNorm post_attention_layernorm;
    internal readonly LlamaMlp mlp;

    internal LlamaLayer(Layers make, LlamaConfig config) : base(nameof(LlamaLayer))
    {
        input_layernorm = new RmsNorm(make, config.HiddenSize, config.RmsNormEps);
        self_attn = new LlamaAttention(make, config);
        post_attention_layernorm = new RmsNorm(make, config.HiddenSize, config.RmsNormEps);
        mlp = new LlamaMlp(make, config);
        RegisterComponents();
    }

    /// <summary>The layer's matrices that are several parameters, named under <paramref name="prefix"/>.</summary>
    internal IEnumerable<RowRanges> Ranges(string prefix) =>
    [
        self_attn.Qkv.Ranges($"{prefix}.self_attn.q_proj.weight", $"{prefix}.self_attn.k_proj.weight", $"{prefix}.self_attn.v_proj.weight"),
        mlp.GateUp.Ranges($"{prefix}.mlp.gate_proj.weight", $"{prefix}.mlp.up_proj.weight"),
    ];

    internal (Tensor Output_BTD, LayerKeyValues KeyValues) Prompt(Tensor x_BTD, RotaryAngles angles, Tensor bias)
    {
        using DisposeScope scope = NewDisposeScope();
        (Tensor mixed_BTD, LayerKeyValues keyValues) = self_attn.Prompt(input_layernorm.forward(x_BTD), angles, bias);
        keyValues.Keys_PKLH.MoveToOuterDisposeScope();
        keyValues.Values_PKLH.MoveToOuterDisposeScope();
        return (FeedForward(x_BTD + mixed_BTD).MoveToOuterDisposeScope(), keyValues);
    }

    internal Tensor Continue(Tensor x_BTD, RotaryAngles angles, LayerKeyValues prompt, Tensor? promptBias, Tensor bias)
    {
        using DisposeScope scope = NewDisposeScope();
        Tensor mixed_BTD = self_attn.Continue(input_layernorm.forward(x_BTD), angles, prompt, promptBias, bias);
        return FeedForward(x_BTD + mixed_BTD).MoveToOuterDisposeScope();
    }

    private Tensor FeedForward(Tensor x_BTD) => x_BTD + mlp.forward(post_attention_layernorm.forward(x_BTD));
}
