using PairUni.Modeling.Host;
using TorchSharp.Modules;
using static TorchSharp.torch;
using F = TorchSharp.torch.nn.functional;

namespace PairUni.Modeling.Janus;

/// <summary>x W^T + b in the type of x: weights that are stored narrower are widened for the product (see <see cref="Layers.Compute"/>).</summary>
public sealed class LinearLayer : nn.Module<Tensor, Tensor>
{
    public readonly Parameter weight;
    public readonly Parameter? bias;

    internal LinearLayer(Parameter weight, Parameter? bias = null) : base(nameof(LinearLayer))
    {
        this.weight = weight;
        this.bias = bias;
        RegisterComponents();
    }

    /// <summary>[..., input] to [..., output].</summary>
    public override Tensor forward(Tensor x) => Apply(x, weight, bias);

    /// <param name="weight">[output, input].</param>
    internal static Tensor Apply(Tensor x, Tensor weight, Tensor? bias = null)
    {
        if (x.dtype == weight.dtype)
            return F.linear(x, weight, bias);
        if (HostProduct.Suits(x, weight))
        {
            Tensor product = HostProduct.Run(x, weight);
            return bias is null ? product : product.add_(bias);
        }
        using Tensor wide = weight.to_type(x.dtype);
        using Tensor? wideBias = bias?.to_type(x.dtype);
        return F.linear(x, wide, wideBias);
    }
}
