using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using PairUni.Modeling.Files;

namespace PairUni.Modeling.Janus;

/// <summary>
/// The sizes of a Janus-Pro model, in the schema of the original's config.json. Sizes that the original takes from its code
/// may be given as x_ fields; where absent, the original's values hold.
/// </summary>
public sealed record JanusConfig
{
    public const string FileName = "config.json";

    private const string OriginalType = "multi_modality";

    public VisionConfig Vision { get; init; } = new();

    public LlamaConfig Language { get; init; } = new();

    public VqConfig Vq { get; init; } = new();

    /// <summary>Inner width of the generation head.</summary>
    public int GenHeadWidth { get; init; } = 2048;

    /// <summary>The type the weights are stored in, "float32" or "bfloat16".</summary>
    public string TorchDtype { get; init; } = "float32";

    /// <summary>Codes along one side of a generated image.</summary>
    public int Grid => Vq.Grid > 0 ? Vq.Grid : Vision.ImageSize / Vision.PatchSize;

    /// <summary>Tokens of a generated image.</summary>
    public int ImageTokens => Grid * Grid;

    /// <summary>Side of a generated image in pixels.</summary>
    public int GeneratedSize => Grid * Vq.Downsampling;

    /// <exception cref="ModelFileException">The file is missing or a key is missing, malformed or contradicts another.</exception>
    public static JanusConfig Load(string directory)
    {
        ConfigReader root = ConfigReader.Open(Path.Combine(directory, FileName));
        switch (root.Text("model_type", OriginalType))
        {
            case OriginalType:
                return Original(root);
            case TransformersConfig.ModelType:
                return TransformersConfig.Read(root);
            case var other:
                throw root.Wrong("model_type", $"is {other}, which is not a Janus-Pro model ({OriginalType}, or {TransformersConfig.ModelType} as HF transformers has it)");
        }
    }

    private static JanusConfig Original(ConfigReader root)
    {
        LlamaConfig language = LlamaConfig.Read(root.Object("language_config"));
        VisionConfig vision = VisionConfig.Read(root.Object("vision_config"));
        VqConfig vq = VqConfig.Read(root.Object("gen_vision_config"));
        ConfigReader head = root.Object("gen_head_config").Object("params");
        MustMatch(root, "aligner_config", "input_dim", vision.Width, language.HiddenSize);
        MustMatch(root, "gen_aligner_config", "input_dim", vq.CodeWidth, language.HiddenSize);
        if (head.Int("image_token_size") != vq.CodebookSize)
            throw head.Wrong("image_token_size", $"is not the codebook size {vq.CodebookSize} of gen_vision_config");
        return new JanusConfig
        {
            Vision = vision,
            Language = language,
            Vq = vq,
            GenHeadWidth = head.Int("image_token_embed", max: 1 << 20),
            TorchDtype = root.Text("torch_dtype", "float32"),
        };
    }

    public void Save(string directory)
    {
        var options = new JsonSerializerOptions { WriteIndented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };
        AtomicFile.Write(Path.Combine(directory, FileName), JsonSerializer.SerializeToUtf8Bytes(ToJson(), options));
    }

    private static void MustMatch(ConfigReader root, string part, string inputKey, int input, int output)
    {
        ConfigReader parameters = root.Object(part).Object("params");
        if (parameters.Int("depth", 2) != 2 || parameters.Text("projector_type", "mlp_gelu") != "mlp_gelu")
            throw parameters.Wrong("projector_type", "is not mlp_gelu of depth 2, the projector of Janus-Pro");
        if (parameters.Int(inputKey) != input)
            throw parameters.Wrong(inputKey, $"is not {input}, the width of what it projects");
        if (parameters.Int("n_embed") != output)
            throw parameters.Wrong("n_embed", $"is not {output}, the hidden_size of language_config");
    }

    private JsonObject ToJson() => new()
    {
        ["aligner_config"] = Projector("aligner", Vision.Width),
        ["architectures"] = new JsonArray("MultiModalityCausalLM"),
        ["gen_aligner_config"] = Projector("gen_aligner", Vq.CodeWidth),
        ["gen_head_config"] = ConfigJson.Part("vision_head", "gen_head", new JsonObject
        {
            ["image_token_embed"] = GenHeadWidth,
            ["image_token_size"] = Vq.CodebookSize,
            ["n_embed"] = Language.HiddenSize,
        }),
        ["gen_vision_config"] = Vq.ToJson(),
        ["language_config"] = Language.ToJson(TorchDtype),
        ["model_type"] = OriginalType,
        ["torch_dtype"] = TorchDtype,
        ["transformers_version"] = "4.33.1",
        ["vision_config"] = Vision.ToJson(),
    };

    private JsonObject Projector(string modelType, int input) => ConfigJson.Part("MlpProjector", modelType, new JsonObject
    {
        ["depth"] = 2,
        ["input_dim"] = input,
        ["n_embed"] = Language.HiddenSize,
        ["projector_type"] = "mlp_gelu",
    });
}
