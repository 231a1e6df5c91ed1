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
    /// <param name="mask_BL">1 for tokens, 0 for left padding; null when every row is full. Positions count the ones.</param>
    public Tensor Forward(Tensor embeds_BLD, Tensor? mask_BL = null)
    {
        using DisposeScope scope = NewDisposeScope();
        return Run(embeds_BLD, mask_BL, null).Hidden_BLD.MoveToOuterDisposeScope();
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
        (Tensor hidden_PLD, Tensor? bias_P11L) = Run(embeds_PLD, mask_PL, keyValues);
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

    private (Tensor Hidden_BLD, Tensor? Padding_B11L) Run(Tensor embeds_BLD, Tensor? mask_BL, List<LayerKeyValues>? keep)
    {
        long length = embeds_BLD.size(1);
        Tensor bias = AttentionBias.Causal(length, embeds_BLD.dtype, embeds_BLD.device);
        Tensor positions = arange(length, ScalarType.Int64, embeds_BLD.device).unsqueeze(0);
        Tensor? padding_B11L = null;
        if (mask_BL is not null)
        {
            padding_B11L = AttentionBias.Padding(mask_BL, embeds_BLD.dtype);
            bias = minimum(bias, padding_B11L); // a sum would overflow to -infinity, and rows of that to NaN
            positions = (mask_BL.to_type(ScalarType.Int64).cumsum(1) - 1).clamp_(min: 0);
        }
        RotaryAngles angles = Rotary.At(positions, length);
        Tensor x_BLD = embeds_BLD;
        foreach (LlamaLayer layer in layers)
        {
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
