using TorchSharp.Modules;
using static TorchSharp.torch;
using F = TorchSharp.torch.nn.functional;

namespace PairUni.Modeling.Janus;

/// <summary>A square convolution with bias in the type of its input; narrower weights are widened.</summary>
public sealed class ConvLayer : nn.Module<Tensor, Tensor>
{
    internal readonly Parameter weight;
    internal readonly Parameter bias;
    private readonly long[] _stride;
    private readonly long[] _padding;

    internal ConvLayer(Parameter weight, Parameter bias, long stride, long padding) : base(nameof(ConvLayer))
    {
        this.weight = weight;
        this.bias = bias;
        _stride = [stride, stride];
        _padding = [padding, padding];
        RegisterComponents();
    }

    /// <summary>[B, input, H, W] to [B, output, h, w].</summary>
    public override Tensor forward(Tensor x_BCHW)
    {
        if (x_BCHW.dtype == weight.dtype)
            return F.conv2d(x_BCHW, weight, bias, _stride, _padding);
        using Tensor wide = weight.to_type(x_BCHW.dtype);
        using Tensor wideBias = bias.to_type(x_BCHW.dtype);
        return F.conv2d(x_BCHW, wide, wideBias, _stride, _padding);
    }
}
