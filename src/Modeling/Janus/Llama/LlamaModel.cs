using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace PairUni.Modeling.Janus.Llama;

// P prompts, G samples of each, B = P * G rows, L prompt tokens, T tokens of a continuation, D width

/// <summary>The transformer body: embeddings in, normed hidden states out. Prompts are computed once and continued by their samples.</summary>
public sealed class LlamaModel : nn.Module
{
    internal readonly TokenEmbedding embed_tokens;
    internal readonly ModuleList<LlamaLayer> layers;
    internal readonly RmsNorm norm;
    internal readonly RotaryTable Rotary;

    internal LlamaModel(Layers make, LlamaConfig config) : base(nameof(LlamaModel))
    {
        Config = config;
        embed_tokens = new TokenEmbedding(make, config.VocabSize, config.HiddenSize);
        layers = Layers.List(config.Layers, _ => new LlamaLayer(make, config));
        norm = new RmsNorm(make, config.HiddenSize, config.RmsNormEps);
        Rotary = new RotaryTable(config, make);
        RegisterComponents();
    }

    public LlamaConfig Config { get; }

    /// <summary>Hidden states after the final norm, [B, L, D]; the plain forward pass of whole sequences.</summary>
    /// <param name="mask_BL">1 for tokens, 0 for left padding; null when every row is full.</param>
    /// <param name="positions_BL">int64 positions, [B or 1, L]; null counts the ones of the mask.</param>
    public Tensor Forward(Tensor embeds_BLD, Tensor? mask_BL = null, Tensor? positions_BL = null)
    {
        using DisposeScope scope = NewDisposeScope();
        return Run(embeds_BLD, mask_BL, positions_BL, null, null).Hidden_BLD.MoveToOuterDisposeScope();
    }

    /// <summary>What enters each layer, and last the states after the final norm: [B, L, D] each, one more than there are layers.</summary>
    internal IReadOnlyList<Tensor> HiddenStates(Tensor embeds_BLD)
    {
        using DisposeScope scope = NewDisposeScope();
        var inputs = new List<Tensor>();
        Tensor last_BLD = Run(embeds_BLD, null, null, null, inputs).Hidden_BLD;
        inputs[0] = embeds_BLD.alias();
        return [.. inputs.Append(last_BLD).Select(state => state.MoveToOuterDisposeScope())];
    }

    /// <summary>Computes prompts and keeps what their continuations need.</summary>
    /// <param name="lengths">Tokens of each prompt; shorter ones are padded on the left.</param>
    public PromptKeyValues Prompt(Tensor embeds_PLD, IReadOnlyList<int> lengths)
    {
        using DisposeScope scope = NewDisposeScope();
        long longest = embeds_PLD.size(1);
        Tensor? mask_PL = null;
        if (lengths.Any(length => length != longest))
        {
            using Tensor first_P1 = tensor(lengths.Select(length => longest - length).ToArray(), ScalarType.Int64, embeds_PLD.device).unsqueeze(1);
            using Tensor index_L = arange(longest, ScalarType.Int64, embeds_PLD.device);
            mask_PL = index_L.ge(first_P1);
        }
        var keyValues = new List<LayerKeyValues>();
        (Tensor hidden_PLD, Tensor? bias_P11L) = Run(embeds_PLD, mask_PL, null, keyValues, null);
        return new PromptKeyValues(keyValues, bias_P11L, hidden_PLD.select(1, longest - 1), lengths).MoveToOuterDisposeScope();
    }

    /// <summary>Hidden states of tokens that follow their prompts, all at once and differentiable: [B, T, D], row p * G + g continuing prompt p.</summary>
    public Tensor Continue(Tensor embeds_BTD, PromptKeyValues prompts)
    {
        using DisposeScope scope = NewDisposeScope();
        (long tokens, int group) = (embeds_BTD.size(1), (int)(embeds_BTD.size(0) / prompts.Prompts));
        Tensor start_B1 = tensor(prompts.Lengths.SelectMany(length => Enumerable.Repeat((long)length, group)).ToArray(),
            ScalarType.Int64, embeds_BTD.device).unsqueeze(1);
        RotaryAngles angles = Rotary.At(start_B1 + arange(tokens, ScalarType.Int64, embeds_BTD.device), prompts.Lengths.Max() + tokens);
        Tensor bias_TT = AttentionBias.Causal(tokens, embeds_BTD.dtype, embeds_BTD.device);
        Tensor x_BTD = embeds_BTD;
        for (int i = 0; i < layers.Count; i++)
            x_BTD = layers[i].Continue(x_BTD, angles, prompts.Layers[i], prompts.Bias_P11L, bias_TT);
        return norm.forward(x_BTD).MoveToOuterDisposeScope();
    }

    private (Tensor Hidden_BLD, Tensor? Padding_B11L) Run(
        Tensor embeds_BLD, Tensor? mask_BL, Tensor? positions_BL, List<LayerKeyValues>? keep, List<Tensor>? inputs)
    {
        long length = embeds_BLD.size(1);
        Tensor bias = AttentionBias.Causal(length, embeds_BLD.dtype, embeds_BLD.device);
        Tensor positions = positions_BL ?? arange(length, ScalarType.Int64, embeds_BLD.device).unsqueeze(0);
        Tensor? padding_B11L = null;
        if (mask_BL is not null)
        {
            padding_B11L = AttentionBias.Padding(mask_BL, embeds_BLD.dtype);
            bias = minimum(bias, padding_B11L); // a sum would overflow to -infinity, and rows of that to NaN
            positions = positions_BL ?? (mask_BL.to_type(ScalarType.Int64).cumsum(1) - 1).clamp_(min: 0);
        }
        RotaryAngles angles = Rotary.At(positions, positions_BL is null ? length : positions_BL.max().ToInt64() + 1);
        Tensor x_BLD = embeds_BLD;
        foreach (LlamaLayer layer in layers)
        {
            inputs?.Add(x_BLD);
            (x_BLD, LayerKeyValues keyValues) = layer.Prompt(x_BLD, angles, bias);
            keep?.Add(keyValues);
        }
        return (norm.forward(x_BLD), padding_B11L);
    }

    protected override void Dispose(bool disposing)
    {
        if (disposing)
            Rotary.Dispose();
        base.Dispose(disposing);
    }
}
