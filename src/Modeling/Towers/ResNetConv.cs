using PairUni.Modeling.Files;
using static TorchSharp.torch;
using F = TorchSharp.torch.nn.functional;

namespace PairUni.Modeling.Towers;

// B batch, C channels, H rows, W columns

/// <summary>A convolution with the batch normalisation after it folded in: w g / sqrt(v + eps), b - m g / sqrt(v + eps).</summary>
internal sealed class ResNetConv : IDisposable
{
    private const double Eps = 1e-5;
    private readonly Tensor _weight;
    private readonly Tensor _bias;
    private readonly long _stride;

    /// <param name="file">The checkpoint.</param>
    /// <param name="convolution">Name of the convolution.</param>
    /// <param name="norm">Name of the batch normalisation.</param>
    /// <param name="stride">Step in both directions.</param>
    /// <param name="device">Where the weights go.</param>
    public ResNetConv(WeightFile file, string convolution, string norm, long stride, Device device)
    {
        _stride = stride;
        using var scope = NewDisposeScope();
        Tensor weight = file.Read(convolution + ".weight", ScalarType.Float32);
        if (weight.dim() != 4 || weight.size(2) != weight.size(3))
            throw new ModelFileException($"{file.Path}: tensor \"{convolution}.weight\" has shape {StoredTensor.Text(weight.shape)}, which is no square convolution; give a ResNet-50 in torchvision's names.");
        Tensor scale = Channel(file, norm + ".weight", weight) / (Channel(file, norm + ".running_var", weight) + Eps).sqrt();
        _bias = (Channel(file, norm + ".bias", weight) - (Channel(file, norm + ".running_mean", weight) * scale)).to(device).DetachFromDisposeScope();
        _weight = (weight * scale.view(-1, 1, 1, 1)).to(device).DetachFromDisposeScope();
    }

    /// <summary>Number of channels that come out.</summary>
    public int Outputs => (int)_weight.size(0);

    public IEnumerable<Tensor> Weights => [_weight, _bias];

    /// <summary>x_BCHW to [B, Outputs, H / stride, W / stride].</summary>
    public Tensor Apply(Tensor x_BCHW)
    {
        long padding = _weight.size(2) / 2;
        return F.conv2d(x_BCHW, _weight, _bias, [_stride, _stride], [padding, padding]);
    }

    public void Dispose()
    {
        _weight.Dispose();
        _bias.Dispose();
    }

    private static Tensor Channel(WeightFile file, string name, Tensor weight)
    {
        Tensor values = file.Read(name, ScalarType.Float32);
        return values.dim() == 1 && values.size(0) == weight.size(0) ? values
            : throw new ModelFileException($"{file.Path}: tensor \"{name}\" has shape {StoredTensor.Text(values.shape)} where [{weight.size(0)}] is expected; give a ResNet-50 in torchvision's names.");
    }
}
