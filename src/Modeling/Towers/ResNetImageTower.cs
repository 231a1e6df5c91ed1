using PairUni.Modeling.Files;
using PairUni.Modeling.Images;
using static TorchSharp.torch;
using F = TorchSharp.torch.nn.functional;

namespace PairUni.Modeling.Towers;

// B batch, C channels, H rows, W columns

/// <summary>
/// A ResNet with bottlenecks, such as ResNet-50, without its classifier (He et al. 2015; the stride in the 3x3 convolution as torchvision has
/// it). Widths and depths are those of the file; names are torchvision's and timm's.
/// </summary>
public sealed class ResNetImageTower : IImageTower
{
    private const int Side = 224;
    private const int Shorter = 256;
    private const int Stages = 4;
    private static readonly float[] Mean = [0.485f, 0.456f, 0.406f];
    private static readonly float[] Std = [0.229f, 0.224f, 0.225f];
    private readonly ResNetConv _stem;
    private readonly List<ResNetBlock> _blocks = [];
    private readonly Device _device;

    private ResNetImageTower(WeightFile file, Device device)
    {
        (_device, Name) = (device, $"ResNet of {file.Path}");
        _stem = new(file, "conv1", "bn1", 2, device);
        for (var stage = 1; stage <= Stages; stage++)
            for (var block = 0; block == 0 || file.Names.Contains($"layer{stage}.{block}.conv1.weight"); block++)
                _blocks.Add(new(file, $"layer{stage}.{block}", block == 0 && stage > 1 ? 2 : 1, device));
        Width = _blocks[^1].Outputs;
        Fingerprint = TowerFingerprint.Of("resnet 256 224", _stem.Weights.Concat(_blocks.SelectMany(block => block.Weights)).Select((weight, i) => ($"{i:0000}", weight)));
    }

    public string Name { get; }

    public int Width { get; }

    public string Fingerprint { get; }

    /// <param name="path">Safetensors file or PyTorch checkpoint.</param>
    /// <exception cref="ModelFileException">The file is damaged or no ResNet with bottlenecks.</exception>
    public static ResNetImageTower Load(string path, Device? device = null)
    {
        using IDisposable guard = no_grad();
        using WeightFile file = WeightFile.Open(path);
        return file.Names.Contains("layer1.0.conv3.weight")
            ? new(file, device ?? CPU)
            : throw new ModelFileException($"{path} has no tensor \"layer1.0.conv3.weight\": it is no ResNet-50 in torchvision's names; give one.");
    }

    public float[][] Encode(IReadOnlyList<RgbImage> images) => TowerOutput.Rows(() => Features(stack(images.Select(Pixels)).to(_device)));

    public void Dispose()
    {
        _stem.Dispose();
        foreach (ResNetBlock block in _blocks)
            block.Dispose();
    }

    /// <summary>pixels_BCHW, normalised, to the mean over the last map, features_BC.</summary>
    internal Tensor Features(Tensor pixels_BCHW)
    {
        Tensor x_BCHW = F.max_pool2d(F.relu(_stem.Apply(pixels_BCHW)), 3, 2, 1);
        foreach (ResNetBlock block in _blocks)
            x_BCHW = block.Apply(x_BCHW);
        return x_BCHW.mean([2, 3]);
    }

    // Shorter side to 256, the central 224 x 224, 0 to 1, normalised: torchvision's preset.
    private static Tensor Pixels(RgbImage image)
    {
        using var scope = NewDisposeScope();
        Tensor image_CHW = tensor(image.Pixels, [image.Height, image.Width, 3], ScalarType.Byte).permute(2, 0, 1).contiguous().to_type(ScalarType.Float32).div(255);
        var scale = Shorter / (double)Math.Min(image.Height, image.Width);
        long[] size = [Math.Max(Side, (long)(image.Height * scale)), Math.Max(Side, (long)(image.Width * scale))];
        Tensor scaled_CHW = F.interpolate(image_CHW.unsqueeze(0), size, mode: InterpolationMode.Bilinear, align_corners: false, antialias: true).squeeze(0);
        Tensor square_CHW = scaled_CHW.narrow(1, (size[0] - Side) / 2, Side).narrow(2, (size[1] - Side) / 2, Side);
        return square_CHW.sub(tensor(Mean, [3, 1, 1])).div(tensor(Std, [3, 1, 1])).MoveToOuterDisposeScope();
    }
}
