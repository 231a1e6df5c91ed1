using PairUni.Modeling.Janus;

namespace PairUni.Modeling.Hps;

/// <summary>Sizes of the image tower.</summary>
public sealed record HpsVisionConfig
{
    /// <summary>Side of the square input in pixels.</summary>
    public int ImageSize { get; init; } = 224;

    public int PatchSize { get; init; } = 14;

    public int Width { get; init; } = 1280;

    public int Layers { get; init; } = 32;

    public int Heads { get; init; } = 16;

    /// <summary>Width inside the feed-forward halves.</summary>
    public int MlpWidth { get; init; } = 5120;

    /// <summary>Patches of one image, without the class token.</summary>
    public int Patches => ImageSize / PatchSize * (ImageSize / PatchSize);

    internal static HpsVisionConfig Read(ConfigReader node)
    {
        int width = node.Int("width", max: 1 << 16);
        int head = node.Int("head_width", 64, max: 1 << 16);
        var config = new HpsVisionConfig
        {
            ImageSize = node.Int("image_size", 224, max: 8192),
            PatchSize = node.Int("patch_size", max: 8192),
            Width = width,
            Layers = node.Int("layers", max: 1024),
            Heads = width / head,
            MlpWidth = (int)(width * node.Number("mlp_ratio", 4)),
        };
        if (width % head != 0)
            throw node.Wrong("head_width", $"is {head}, which does not divide the width {width}");
        if (config.ImageSize < config.PatchSize)
            throw node.Wrong("image_size", $"is {config.ImageSize}, less than one patch of {config.PatchSize}");
        return config;
    }
}
