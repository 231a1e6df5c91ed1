using static TorchSharp.torch;

namespace PairUni.Modeling.Towers;

/// <summary>Loads a tower from what a user writes.</summary>
public static class ImageTowers
{
    /// <summary>What can be written.</summary>
    public const string Forms = "janus:FOLDER, hps:PATH or resnet50:FILE";

    /// <param name="text">janus:FOLDER, hps:PATH or resnet50:FILE.</param>
    /// <param name="device">Where it runs; the CPU when null.</param>
    /// <exception cref="ModelFileException">The text names no tower, or its files are not right.</exception>
    public static IImageTower Load(string text, Device? device = null) => text.Split(':', 2) switch
    {
        ["janus", { Length: > 0 } folder] => SiglipImageTower.Load(folder, device),
        ["hps", { Length: > 0 } path] => ClipImageTower.Load(path, device),
        ["resnet50", { Length: > 0 } file] => ResNetImageTower.Load(file, device),
        _ => throw new ModelFileException($"\"{text}\" names no image tower; write {Forms}."),
    };
}
