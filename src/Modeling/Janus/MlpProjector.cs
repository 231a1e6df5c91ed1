using TorchSharp.Modules;
using static TorchSharp.torch;
using F = TorchSharp.torch.nn.functional;

namespace PairUni.Modeling.Janus;

/// <summary>Two linear layers with an exact GELU between, from image features or codes to the language model's width.</summary>
public sealed class MlpProjector : nn.Module<Tensor, Tensor>
{
    private readonly ModuleList<nn.Module<Tensor, Tensor>> layers;

    internal MlpProjector(Layers make, long input, long output) : base(nameof(MlpProjector))
    {
        layers = new(make.Linear(input, output), nn.GELU(), make.Linear(output, output));
        RegisterComponents();
    }

    /// <summary>[..., input] to [..., output].</summary>
    public override Tensor forward(Tensor x)
    {
        using Tensor inner = layers[0].forward(x);
        using Tensor active = F.gelu(inner);
        return layers[2].forward(active);
    }

    internal LinearLayer First => (LinearLayer)layers[0];

    internal LinearLayer Second => (LinearLayer)layers[2];
}
