using static TorchSharp.torch;

namespace PairUni.Modeling.Janus.Llama;

/// <summary>The language model: body and text head.</summary>
public sealed class LlamaForCausalLM : nn.Module
{
    public readonly LlamaModel model;
    public readonly LinearLayer lm_head;

    internal LlamaForCausalLM(Layers make, LlamaConfig config) : base(nameof(LlamaForCausalLM))
    {
        model = new LlamaModel(make, config);
        lm_head = make.Linear(config.HiddenSize, config.VocabSize, bias: false);
        RegisterComponents();
    }
}
