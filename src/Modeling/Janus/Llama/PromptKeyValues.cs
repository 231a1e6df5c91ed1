using static TorchSharp.torch;

namespace PairUni.Modeling.Janus.Llama;

// P prompts, L prompt tokens, D width

/// <summary>Prompts computed once, to be shared by all samples that continue them.</summary>
/// <param name="Layers">Keys and values of every layer.</param>
/// <param name="Bias_P11L">What is added to the scores of the prompts' keys: 0, or very negative on padding; null without padding.</param>
/// <param name="LastHidden_PD">The normed hidden state at each prompt's last token, from which the first new token is predicted.</param>
/// <param name="Lengths">Tokens of each prompt without its padding, which is also the position of the first new token.</param>
public sealed record PromptKeyValues(
    IReadOnlyList<LayerKeyValues> Layers, Tensor? Bias_P11L, Tensor LastHidden_PD, IReadOnlyList<int> Lengths)
{
    public int Prompts => Lengths.Count;

    /// <summary>Hands all tensors to the enclosing dispose scope.</summary>
    public PromptKeyValues MoveToOuterDisposeScope()
    {
        foreach (LayerKeyValues layer in Layers)
        {
            layer.Keys_PKLH.MoveToOuterDisposeScope();
            layer.Values_PKLH.MoveToOuterDisposeScope();
        }
        Bias_P11L?.MoveToOuterDisposeScope();
        LastHidden_PD.MoveToOuterDisposeScope();
        return this;
    }
}
