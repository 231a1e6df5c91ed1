using System.Text.Json;
using PairUni.Contracts;
using PairUni.Modeling.Files;
using PairUni.Modeling.Hps;
using PairUni.Modeling.Images;
using PairUni.Modeling.Janus;
using PairUni.Modeling.Text;
using TorchSharp;

namespace PairUni.Cli.Bench.Reference;

/// <summary>
/// Compares everything that a folder of reference cases holds: models/NAME beside cases/NAME, the image processors, the tokenizers
/// and the loss arithmetic. What the folder does not have is left out; sizes and names of models come from the folder.
/// </summary>
internal sealed class ReferenceSuite
{
    private readonly string _folder;
    private readonly torch.Device _device;
    private readonly torch.ScalarType _dtype;
    private readonly List<ReferenceRow> _rows = [];

    private ReferenceSuite(string folder, torch.Device device, torch.ScalarType dtype)
    {
        _folder = folder;
        _device = device;
        _dtype = dtype;
    }

    /// <param name="folder">Holds cases/, models/, tokenizer/ and images/.</param>
    /// <param name="device">Where models compute.</param>
    /// <param name="dtype">What weights are stored in; gradients are compared in float32 alone.</param>
    /// <exception cref="UserErrorException">The folder has no cases.</exception>
    public static IReadOnlyList<ReferenceRow> Run(string folder, torch.Device device, torch.ScalarType dtype = torch.ScalarType.Float32)
    {
        if (!Directory.Exists(Path.Combine(folder, "cases")))
            throw new UserErrorException($"{folder} has no folder cases; give a folder that holds cases/, models/, tokenizer/ and images/");
        var suite = new ReferenceSuite(folder, device, dtype);
        using var unrecorded = torch.no_grad();
        suite.Tokenizer();
        suite.Images();
        suite.Losses();
        suite.ClipTokens();
        suite.Each("hps_preprocess", "*.safetensors", reference => HpsCase.Preprocess(reference, suite.AllImages()));
        foreach (var cases in Directory.GetDirectories(Path.Combine(folder, "cases")).Order(StringComparer.Ordinal))
        {
            suite.Model(cases);
            suite.Score(cases);
        }

        return suite._rows;
    }

    private void Tokenizer()
    {
        if (File.Exists(Path.Combine(_folder, "tokenizer", "cases.json")))
            Guarded("tokenizer", () => TokenizerCase.Run(Path.Combine(_folder, "tokenizer"), _rows));
    }

    private void Images() => Each("image_processor", "case7*.safetensors", reference => ImageProcessorCase.Run(reference, Image));

    private void Losses() => Each("grpo", "*.safetensors", GrpoCase.Run);

    private void Model(string cases)
    {
        var name = Path.GetFileName(cases);
        var folder = Path.Combine(_folder, "models", name);
        if (!File.Exists(Path.Combine(folder, JanusConfig.FileName)))
            return;
        Guarded(name, () =>
        {
            using var files = ComposedModel.Of(Directory.GetFiles(folder).Concat(TokenizerFiles()));
            using var policy = JanusPolicy.Load(files.Path, _device, _dtype);
            Forms(name, folder, policy);
            Each(name, "case1*.safetensors", reference => VisionCase.Run(policy, reference));
            Each(name, "case2*.safetensors", reference => LlamaCase.Run(policy, reference));
            var conversations = Settings(cases, "case3_understanding.json");
            Each(name, "case3*.safetensors", reference =>
                UnderstandingCase.Run(policy, reference, conversations.GetProperty(reference.File["case3_".Length..]), Image));
            var generation = Settings(cases, "case4_generation.json");
            Each(name, "case4*.safetensors", reference => GenerationCase.Run(policy, reference, generation));
            Each(name, "case5*.safetensors", reference => VqCase.Run(policy, reference));
            Each(name, "case6_logprob*.safetensors", reference =>
            {
                var asked = Path.Combine(cases, "case3_single_image.safetensors");
                using var question = File.Exists(asked) ? Open(asked) : null;
                LogProbCase.Run(policy, reference, question);
            });
            if (_dtype == torch.ScalarType.Float32)
                Each(name, "case6_gradients*.safetensors", reference => GradientCase.Run(policy, reference));
        });
    }

    // The sizes say which files there may be; the first found is taken, any other must hold the same.
    private void Forms(string name, string folder, JanusPolicy policy)
    {
        var others = Directory.GetFiles(folder, "*.json").Where(file => !file.EndsWith(".index.json", StringComparison.Ordinal)).Concat(TokenizerFiles()).ToArray();
        foreach (var (form, files) in WeightsCase.Forms(folder))
        {
            Guarded($"{name}/{form}", () =>
            {
                using var composed = ComposedModel.Of([.. files, .. others]);
                using var other = JanusPolicy.Load(composed.Path, _device, _dtype);
                _rows.Add(new(name, $"weights of {form}", 0, WeightsCase.Distance(policy, other)));
            });
        }
    }

    private void ClipTokens()
    {
        var folder = Path.Combine(_folder, "cases", "clip_bpe");
        if (!Directory.Exists(folder) || Vocabulary() is not { } tokenizer)
            return;
        foreach (var file in Directory.GetFiles(folder, "*.json"))
            Guarded("clip_bpe", () => ClipTokensCase.Run(tokenizer, file, _rows));
    }

    private void Score(string cases)
    {
        var name = Path.GetFileName(cases);
        var folder = Path.Combine(_folder, "models", name);
        if (!File.Exists(Path.Combine(folder, HpsConfig.FileName)))
            return;
        var settings = Settings(cases, "case8_hps.json");
        foreach (var file in Directory.GetFiles(folder).Where(file => Path.GetExtension(file) is ".pt" or ".safetensors").Order(StringComparer.Ordinal))
        {
            Guarded($"{name}/{Path.GetFileName(file)}", () =>
            {
                using var model = new HpsModel(HpsConfig.Load(Path.Combine(folder, HpsConfig.FileName)), _device);
                using (var weights = WeightFile.Open(file))
                    HpsWeights.Load(model, weights, folder);
                Each(name, "case8*.safetensors", reference => HpsCase.Run(model, Vocabulary(), reference, settings, Image));
            });
        }
    }

    private ClipTokenizer? Vocabulary()
    {
        var file = Path.Combine(_folder, "clip_bpe", ClipVocabularyFile.FileName);
        return File.Exists(file) ? ClipTokenizer.Load(file) : null;
    }

    private RgbImage[] AllImages()
    {
        var folder = Path.Combine(_folder, "images");
        return Directory.Exists(folder) ? [.. Directory.GetFiles(folder).Order(StringComparer.Ordinal).Select(file => Image(Path.GetFileName(file)))] : [];
    }

    private void Each(string name, string pattern, Action<ReferenceCase> run)
    {
        var folder = Path.Combine(_folder, "cases", name);
        if (!Directory.Exists(folder))
            return;
        foreach (var file in Directory.GetFiles(folder, pattern).Order(StringComparer.Ordinal))
        {
            Guarded($"{name}/{Path.GetFileNameWithoutExtension(file)}", () =>
            {
                using var scope = torch.NewDisposeScope();
                using var reference = Open(file);
                run(reference);
            });
        }
    }

    private ReferenceCase Open(string file) => new(file, ReferenceTolerances.Load(Path.GetDirectoryName(file)!), _rows, _device);

    // One case that cannot be computed is a failed row, not the end of the others.
    private void Guarded(string name, Action run)
    {
        try
        {
            run();
        }
        catch (Exception fault) when (fault is not OutOfMemoryException)
        {
            _rows.Add(new(name, "", 0, double.PositiveInfinity, fault.Message.Split('\n')[0]));
        }
    }

    private IEnumerable<string> TokenizerFiles()
    {
        var folder = Path.Combine(_folder, "tokenizer");
        return Directory.Exists(folder) ? Directory.GetFiles(folder).Where(file => Path.GetFileName(file) != "cases.json") : [];
    }

    // Decoders of JPEG differ in the last bit, so the decoded bytes count where the folder has them.
    private RgbImage Image(string name)
    {
        var file = Path.Combine(_folder, "cases", "image_processor", "case7.safetensors");
        if (!File.Exists(file))
            return RgbImage.Load(Path.Combine(_folder, "images", name));
        using var decoded = Open(file);
        if (!decoded.Has($"{name}/rgb"))
            return RgbImage.Load(Path.Combine(_folder, "images", name));
        using var pixels_HWC = decoded[$"{name}/rgb"].cpu();
        return new((int)pixels_HWC.size(1), (int)pixels_HWC.size(0), pixels_HWC.data<byte>().ToArray());
    }

    private static JsonElement Settings(string cases, string name)
    {
        var file = Path.Combine(cases, name);
        if (!File.Exists(file))
            return default;
        using var document = JsonDocument.Parse(File.ReadAllBytes(file));
        return document.RootElement.Clone();
    }
}
