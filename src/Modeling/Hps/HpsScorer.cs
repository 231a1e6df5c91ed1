using PairUni.Modeling.Files;
using PairUni.Modeling.Host;
using PairUni.Modeling.Images;
using PairUni.Modeling.Janus.Folders;
using PairUni.Modeling.Text;
using TorchSharp;
using static TorchSharp.torch;

namespace PairUni.Modeling.Hps;

// B batch, E width of the shared features

/// <summary>
/// Says how well images please people as pictures of prompts, as HPSv2.1 does: the cosine of an image's and a prompt's features, usually
/// 0.2 to 0.35. Not for several threads at once.
/// </summary>
public sealed class HpsScorer : IDisposable
{
    private readonly HpsModel _model;
    private readonly ClipTokenizer _tokenizer;
    private readonly HpsOptions _options;
    private readonly HpsImageProcessor _processor;
    private readonly Dictionary<string, float[]> _prompts = [];

    /// <summary>Takes over a model, which is disposed with the scorer.</summary>
    public HpsScorer(HpsModel model, ClipTokenizer tokenizer, HpsOptions options)
    {
        (_model, _tokenizer, _options) = (model, tokenizer, options);
        _processor = new HpsImageProcessor(model.Config.Vision.ImageSize, options.Antialias);
    }

    public HpsConfig Config => _model.Config;

    /// <summary>Loads a model from its weights or the folder they are in; see <see cref="HpsFiles"/>.</summary>
    /// <exception cref="ModelFileException">A file is missing or damaged, or they do not belong together.</exception>
    public static HpsScorer Load(string path, HpsOptions options)
    {
        HpsFiles files = HpsFiles.Find(path, options.Vocabulary);
        ClipTokenizer tokenizer = files.Tokenizer();
        using WeightFile weights = files.Open();
        bool isCpu = options.Device is null || options.Device.type == DeviceType.CPU;
        HpsConfig sizes = files.Sizes();
        if (isCpu)
            MemoryNeed.Check($"{files.Weights} as {JanusFolder.TypeName(options.Weights)}", HpsShapes.Of(sizes).Sum(tensor => tensor.Elements) * options.Weights.ElementSize());
        var model = new HpsModel(sizes, options.Device, options.Weights, isCpu ? ScalarType.Float32 : options.Weights);
        try
        {
            HpsWeights.Load(model, weights, files.Stated);
            return new HpsScorer(model, tokenizer, options);
        }
        catch
        {
            model.Dispose();
            throw;
        }
    }

    /// <summary>[image][prompt] scores of every image with every prompt.</summary>
    public float[][] Score(IReadOnlyList<RgbImage> images, IReadOnlyList<string> prompts)
    {
        float[][] texts = PromptFeatures(prompts);
        return [.. ImageFeatures(images).Select(image => texts.Select(text => Dot(image, text)).ToArray())];
    }

    /// <summary>Scores of each image with the prompt at the same place.</summary>
    public float[] ScorePairs(IReadOnlyList<RgbImage> images, IReadOnlyList<string> prompts)
    {
        if (images.Count != prompts.Count)
            throw new ArgumentException($"{images.Count} images do not pair with {prompts.Count} prompts.", nameof(prompts));
        return [.. ImageFeatures(images).Zip(PromptFeatures(prompts), Dot)];
    }

    /// <summary>[image][E] features of length 1.</summary>
    public float[][] ImageFeatures(IReadOnlyList<RgbImage> images) =>
        [.. images.Chunk(_options.ImageBatch).SelectMany(batch => Rows(() => _model.EncodeImages(_processor.Process(batch))))];

    /// <summary>[prompt][E] features of length 1. Each different prompt is computed once and kept for later calls.</summary>
    public float[][] PromptFeatures(IReadOnlyList<string> prompts)
    {
        if (_prompts.Count > _options.KeptPrompts)
            _prompts.Clear();
        string[] unknown = [.. prompts.Distinct().Where(prompt => !_prompts.ContainsKey(prompt))];
        foreach (string[] batch in unknown.Chunk(_options.PromptBatch))
        {
            int[][] rows = [.. batch.Select(prompt => _tokenizer.Row(prompt, Config.Text.ContextLength))];
            foreach ((string prompt, float[] features) in batch.Zip(Rows(() => _model.EncodeTexts(rows))))
                _prompts[prompt] = features;
        }
        return [.. prompts.Select(prompt => _prompts[prompt])];
    }

    public void Dispose() => _model.Dispose();

    private static float[][] Rows(Func<Tensor> encode)
    {
        using DisposeScope scope = NewDisposeScope();
        using IDisposable guard = no_grad();
        Tensor features_BE = HpsModel.Normalise(encode()).cpu();
        int width = (int)features_BE.size(1);
        return [.. features_BE.data<float>().ToArray().Chunk(width)];
    }

    private static float Dot(float[] image, float[] text)
    {
        double sum = 0;
        for (int i = 0; i < image.Length; i++)
            sum += (double)image[i] * text[i];
        return (float)sum;
    }
}
