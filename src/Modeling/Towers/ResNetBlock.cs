using PairUni.Modeling.Files;
using static TorchSharp.torch;
using F = TorchSharp.torch.nn.functional;

namespace PairUni.Modeling.Towers;

// B batch, C channels, H rows, W columns

/// <summary>A bottleneck: 1x1, 3x3 (which has the stride) and 1x1 convolutions beside a shortcut.</summary>
internal sealed class ResNetBlock : IDisposable
{
    private readonly ResNetConv _first;
    private readonly ResNetConv _second;
    private readonly ResNetConv _third;
    private readonly ResNetConv? _shortcut;

    public ResNetBlock(WeightFile file, string name, long stride, Device device)
    {
        _first = new(file, $"{name}.conv1", $"{name}.bn1", 1, device);
        _second = new(file, $"{name}.conv2", $"{name}.bn2", stride, device);
        _third = new(file, $"{name}.conv3", $"{name}.bn3", 1, device);
        _shortcut = file.Names.Contains($"{name}.downsample.0.weight") ? new(file, $"{name}.downsample.0", $"{name}.downsample.1", stride, device) : null;
    }

    public int Outputs => _third.Outputs;

    public IEnumerable<Tensor> Weights => Parts.SelectMany(part => part.Weights);

    private IEnumerable<ResNetConv> Parts => _shortcut is null ? [_first, _second, _third] : [_first, _second, _third, _shortcut];

    public Tensor Apply(Tensor x_BCHW)
    {
        using var scope = NewDisposeScope();
        Tensor inner_BCHW = F.relu(_second.Apply(F.relu(_first.Apply(x_BCHW))));
        return F.relu(_third.Apply(inner_BCHW) + (_shortcut?.Apply(x_BCHW) ?? x_BCHW)).MoveToOuterDisposeScope();
    }

    public void Dispose()
    {
        foreach (ResNetConv part in Parts)
            part.Dispose();
    }
}
