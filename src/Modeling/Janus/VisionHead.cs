using static TorchSharp.torch;
using F = TorchSharp.torch.nn.functional;

namespace PairUni.Modeling.Janus;

/// <summary>The generation head: last hidden state to logits over the codes of the image tokenizer.</summary>
public sealed class VisionHead : nn.Module<Tensor, Tensor>
{
    internal readonly LinearLayer output_mlp_projector;
    internal readonly LinearLayer vision_head;

    internal VisionHead(Layers make, long hidden, long width, long codes) : base(nameof(VisionHead))
    {
        output_mlp_projector = make.Linear(hidden, width);
        vision_head = make.Linear(width, codes);
        RegisterComponents();
    }

    /// <summary>[..., D] to [..., V].</summary>
    public override Tensor forward(Tensor hidden)
    {
        using Tensor inner = output_mlp_projector.forward(hidden);
        using Tensor active = F.gelu(inner);
        return vision_head.forward(active);
    }
}
