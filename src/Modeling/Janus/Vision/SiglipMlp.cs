using static TorchSharp.torch;
using F = TorchSharp.torch.nn.functional;

namespace PairUni.Modeling.Janus.Vision;

/// <summary>The feed-forward half of a SigLIP block, with an exact GELU.</summary>
public sealed class SiglipMlp : nn.Module<Tensor, Tensor>
{
    private readonly LinearLayer fc1;
    private readonly LinearLayer fc2;

    internal SiglipMlp(Layers make, long width, long inner) : base(nameof(SiglipMlp))
    {
        fc1 = make.Linear(width, inner);
        fc2 = make.Linear(inner, width);
        RegisterComponents();
    }

    public override Tensor forward(Tensor x_BTD) => fc2.forward(F.gelu(fc1.forward(x_BTD)));
}
