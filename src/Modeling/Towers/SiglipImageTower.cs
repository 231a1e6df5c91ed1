using PairUni.Modeling.Files;
using PairUni.Modeling.Images;
using PairUni.Modeling.Janus;
using PairUni.Modeling.Janus.Names;
using PairUni.Modeling.Janus.Vision;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace PairUni.Modeling.Towers;

/// <summary>The SigLIP tower of a Janus model: the mean of its patches' features. Only the tower is loaded.</summary>
public sealed class SiglipImageTower : IImageTower
{
    private readonly VisionModel _tower;
    private readonly JanusImageProcessor _processor;
    private readonly Device _device;

    private SiglipImageTower(VisionModel tower, JanusImageProcessor processor, Device device, int width, string name)
    {
        (_tower, _processor, _device, Width, Name) = (tower, processor, device, width, name);
        Fingerprint = TowerFingerprint.Of($"siglip mean {processor.ImageSize} {processor.MinSize} {string.Join(' ', processor.Mean)} {string.Join(' ', processor.Std)}", tower.named_parameters().Select(p => (p.name, (Tensor)p.parameter)));
    }

    public string Name { get; }

    public int Width { get; }

    public string Fingerprint { get; }

    /// <exception cref="ModelFileException">The folder is no Janus model, or its tower is missing or misshapen.</exception>
    public static SiglipImageTower Load(string directory, Device? device = null)
    {
        JanusConfig config = JanusConfig.Load(directory);
        JanusImageProcessor processor = JanusImageProcessor.Load(directory);
        using CheckpointFolder weights = CheckpointFolder.Open(directory);
        using IDisposable guard = no_grad();
        WeightNames names = JanusNames.In(weights);
        var tower = new VisionModel(new Layers(device ?? CPU, ScalarType.Float32), config.Vision);
        try
        {
            foreach ((string name, Parameter parameter) in tower.named_parameters())
                Fill(weights, names.Of("vision_model." + name), parameter);
            return new SiglipImageTower(tower, processor, device ?? CPU, config.Vision.Width, $"SigLIP of {directory}");
        }
        catch
        {
            tower.Dispose();
            throw;
        }
    }

    public float[][] Encode(IReadOnlyList<RgbImage> images) => TowerOutput.Rows(() =>
        _tower.forward(stack(images.Select(_processor.Process)).to(_device)).mean([1]));

    public void Dispose() => _tower.Dispose();

    // The other way of naming splits queries, keys and values into three.
    private static void Fill(CheckpointFolder weights, string[] parts, Tensor parameter)
    {
        long rows = parameter.size(0) / parts.Length;
        foreach ((int i, string part) in parts.Index())
        {
            if (!weights.Names.Contains(part))
                throw new ModelFileException($"{weights.Where} has no tensor \"{part}\" of the image tower; give complete weights.");
            using Tensor range = parameter.narrow(0, i * rows, rows);
            if (!weights[part].Shape.SequenceEqual(range.shape))
                throw new ModelFileException($"{weights.Where}: tensor \"{part}\" has shape {weights[part].ShapeText} where {StoredTensor.Text(range.shape)} is expected; give the weights that belong to config.json.");
            weights.CopyTo(part, range);
        }
    }
}
