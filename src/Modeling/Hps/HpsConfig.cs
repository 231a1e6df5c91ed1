using PairUni.Modeling.Janus;

namespace PairUni.Modeling.Hps;

/// <summary>Sizes of an HPS model. The defaults are those of HPSv2.1, which is open_clip's ViT-H-14.</summary>
public sealed record HpsConfig
{
    /// <summary>Name of the file that states other sizes, in the form of open_clip's model configurations.</summary>
    public const string FileName = "open_clip_config.json";

    /// <summary>Width of the features that images and prompts share.</summary>
    public int EmbedDim { get; init; } = 1024;

    public HpsVisionConfig Vision { get; init; } = new();

    public HpsTextConfig Text { get; init; } = new();

    /// <summary>Reads an open_clip configuration: the sizes at the top level or under model_cfg.</summary>
    /// <exception cref="ModelFileException">The file is unreadable or states sizes that make no model.</exception>
    public static HpsConfig Load(string file)
    {
        ConfigReader root = ConfigReader.Open(file);
        if (root.Has("model_cfg"))
            root = root.Object("model_cfg");
        if (root.Flag("quick_gelu", false))
            throw root.Wrong("quick_gelu", "is true, but HPS models use the exact GELU");
        return new HpsConfig
        {
            EmbedDim = root.Int("embed_dim", max: 1 << 16),
            Vision = HpsVisionConfig.Read(root.Object("vision_cfg")),
            Text = HpsTextConfig.Read(root.Object("text_cfg")),
        };
    }
}
