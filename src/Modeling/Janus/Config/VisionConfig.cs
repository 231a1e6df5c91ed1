using System.Text.Json.Nodes;

namespace PairUni.Modeling.Janus;

/// <summary>The SigLIP tower. Width, layers, heads, patch and MLP ratio default to siglip_large_patch16_384, which the original's code implies.</summary>
public sealed record VisionConfig
{
    /// <summary>Side of the square input in pixels.</summary>
    public int ImageSize { get; init; } = 384;

    public int PatchSize { get; init; } = 16;

    public int Width { get; init; } = 1024;

    public int Layers { get; init; } = 24;

    public int Heads { get; init; } = 16;

    public int MlpRatio { get; init; } = 4;

    public string ModelName { get; init; } = "siglip_large_patch16_384";

    /// <summary>Patches of one image, which is also the number of image tokens in a prompt.</summary>
    public int Tokens => ImageSize / PatchSize * (ImageSize / PatchSize);

    internal static VisionConfig Read(ConfigReader node)
    {
        ConfigReader parameters = node.Object("params");
        var config = new VisionConfig
        {
            ImageSize = parameters.Int("image_size", max: 8192),
            ModelName = parameters.Text("model_name", "siglip_large_patch16_384"),
            Width = parameters.Int("x_width", 1024, max: 1 << 16),
            Layers = parameters.Int("x_layers", 24, max: 1024),
            Heads = parameters.Int("x_heads", 16, max: 1024),
            PatchSize = parameters.Int("x_patch_size", 16, max: 8192),
            MlpRatio = parameters.Int("x_mlp_ratio", 4, max: 64),
        };
        return config.CheckedBy(parameters, "x_heads");
    }

    /// <summary>The same sizes, if they go together.</summary>
    internal VisionConfig CheckedBy(ConfigReader node, string headsKey)
    {
        if (ImageSize < PatchSize)
            throw node.Wrong("image_size", $"is {ImageSize}, less than one patch of {PatchSize}");
        if (Width % Heads != 0)
            throw node.Wrong(headsKey, $"is {Heads}, which does not divide the width {Width}");
        return this;
    }

    internal JsonObject ToJson()
    {
        var parameters = new JsonObject
        {
            ["image_size"] = ImageSize,
            ["model_name"] = ModelName,
            ["select_feature"] = "same",
            ["select_layer"] = -1,
        };
        parameters.AddUnless("x_width", Width, 1024);
        parameters.AddUnless("x_layers", Layers, 24);
        parameters.AddUnless("x_heads", Heads, 16);
        parameters.AddUnless("x_patch_size", PatchSize, 16);
        parameters.AddUnless("x_mlp_ratio", MlpRatio, 4);
        return ConfigJson.Part("CLIPVisionTower", "vision", parameters);
    }
}
