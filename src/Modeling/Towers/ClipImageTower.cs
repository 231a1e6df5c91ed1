using PairUni.Modeling.Files;
using PairUni.Modeling.Hps;
using PairUni.Modeling.Images;
using PairUni.Modeling.Janus;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace PairUni.Modeling.Towers;

/// <summary>The image tower of an HPSv2 checkpoint's CLIP. Only the tower is loaded.</summary>
public sealed class ClipImageTower : IImageTower
{
    private readonly HpsVisionTower _tower;
    private readonly HpsImageProcessor _processor;
    private readonly Device _device;

    private ClipImageTower(HpsVisionTower tower, HpsConfig config, Device device, string name)
    {
        (_tower, _device, Width, Name) = (tower, device, config.EmbedDim, name);
        _processor = new HpsImageProcessor(config.Vision.ImageSize);
        Fingerprint = TowerFingerprint.Of($"clip {config.Vision.ImageSize}", tower.named_parameters().Select(p => (p.name, (Tensor)p.parameter)));
    }

    public string Name { get; }

    public int Width { get; }

    public string Fingerprint { get; }

    /// <param name="path">The weights, or the folder that they are in; see <see cref="HpsFiles"/>.</param>
    /// <exception cref="ModelFileException">A file is missing or damaged, or they do not belong together.</exception>
    public static ClipImageTower Load(string path, Device? device = null)
    {
        HpsFiles files = HpsFiles.FindForImages(path);
        HpsConfig config = files.Sizes();
        using WeightFile weights = files.Open();
        using IDisposable guard = no_grad();
        var tower = new HpsVisionTower(new Layers(device ?? CPU, ScalarType.Float32), config.Vision, config.EmbedDim);
        try
        {
            foreach ((string name, Parameter parameter) in tower.named_parameters())
                weights.CopyTo(weights["visual." + name], parameter);
            return new ClipImageTower(tower, config, device ?? CPU, $"CLIP of {files.Weights}");
        }
        catch
        {
            tower.Dispose();
            throw;
        }
    }

    public float[][] Encode(IReadOnlyList<RgbImage> images) => TowerOutput.Rows(() => _tower.forward(_processor.Process(images).to(_device)));

    public void Dispose() => _tower.Dispose();
}
