using TorchSharp.Utils;
using F = TorchSharp.torch.nn.functional;

namespace TorchSharp.Modules;

/// <summary>Normalises over the last dimensions; Ba, Kiros and Hinton 2016.</summary>
public sealed class LayerNorm : torch.nn.Module<torch.Tensor, torch.Tensor>
{
    [ComponentName(Name = nameof(weight))]
    private Parameter? _weight;

    [ComponentName(Name = nameof(bias))]
    private Parameter? _bias;

    internal LayerNorm(long[] normalized_shape, double eps, bool elementwise_affine, bool bias, torch.Device? device, torch.ScalarType? dtype)
        : base(nameof(LayerNorm))
    {
        this.normalized_shape = normalized_shape;
        this.eps = eps;
        this.elementwise_affine = elementwise_affine;
        if (!elementwise_affine)
            return;
        weight = new Parameter(torch.ones(normalized_shape, dtype, device));
        if (bias)
            this.bias = new Parameter(torch.zeros(normalized_shape, dtype, device));
    }

    /// <summary>Null without bias.</summary>
    public Parameter? bias
    {
        get => _bias;
        set => SetParameter(nameof(bias), ref _bias, value);
    }

    /// <summary>Null without learned scale.</summary>
    public Parameter? weight
    {
        get => _weight;
        set => SetParameter(nameof(weight), ref _weight, value);
    }

    public long[] normalized_shape { get; set; }

    public double eps { get; set; }

    public bool elementwise_affine { get; set; }

    public override torch.Tensor forward(torch.Tensor tensor) => F.layer_norm(tensor, normalized_shape, _weight, _bias, eps);
}
