using System.Runtime.InteropServices;
using PairUni.Modeling.Files;
using PairUni.Modeling.Host;
using PairUni.Modeling.Images;
using PairUni.Modeling.Janus.Folders;
using PairUni.Modeling.Janus.Names;
using PairUni.Modeling.Text;
using TorchSharp;
using static TorchSharp.torch;

namespace PairUni.Modeling.Janus;

/// <summary>A Janus model with everything needed to use it: sizes, tokenizer, prompts, image processor and network. A folder on disk is one of these.</summary>
public sealed class JanusPolicy : IDisposable
{
    private readonly IReadOnlyList<(string Name, Tensor Tensor)> _unused;

    private JanusPolicy(
        JanusConfig config, JanusTokenizer tokenizer, JanusImageProcessor processor, JanusModel model, IReadOnlyList<(string Name, Tensor Tensor)> unused)
    {
        _unused = unused;
        Config = config;
        Tokenizer = tokenizer;
        Processor = processor;
        Model = model;
        Prompts = new PromptBuilder(tokenizer, config.Vision.Tokens);
    }

    public JanusConfig Config { get; }

    public JanusTokenizer Tokenizer { get; }

    public PromptBuilder Prompts { get; }

    public JanusImageProcessor Processor { get; }

    public JanusModel Model { get; }

    /// <summary>Loads a folder in the layout of the original's checkpoints; weights are converted to <paramref name="dtype"/>.</summary>
    /// <exception cref="ModelFileException">Something in the folder is missing, malformed or does not fit the rest.</exception>
    public static JanusPolicy Load(string directory, Device? device = null, ScalarType dtype = ScalarType.Float32)
    {
        if (!Directory.Exists(directory))
            throw new ModelFileException($"The model folder {directory} does not exist; give the folder of a complete Janus model.");
        JanusConfig config = JanusConfig.Load(directory);
        JanusTokenizer tokenizer = JanusTokenizer.Load(directory);
        JanusImageProcessor processor = JanusImageProcessor.Load(directory);
        string file = Path.Combine(directory, JanusConfig.FileName);
        CheckFit(file, config, tokenizer, processor);
        CheckDevice(directory, device);
        using CheckpointFolder weights = CheckpointFolder.Open(directory);
        if (device is null || device.type == DeviceType.CPU)
            MemoryNeed.Check($"{directory} as {JanusFolder.TypeName(dtype)}", JanusShapes.Parameters(config).Sum(tensor => tensor.Elements) * dtype.ElementSize());
        JanusModel model = Allocate(file, config, device, dtype);
        try
        {
            WeightNames names = JanusNames.In(weights);
            weights.CopyInto(model, names, model.Ranges());
            return new JanusPolicy(config, tokenizer, processor, model,
                [.. weights.Names.Where(names.IsUnused).Select(name => (name, weights.Keep(name).DetachFromDisposeScope()))]);
        }
        catch
        {
            model.Dispose();
            throw;
        }
    }

    /// <summary>A new model of random weights, drawn from <paramref name="seed"/>.</summary>
    public static JanusPolicy Create(
        JanusConfig config, JanusTokenizer tokenizer, long seed, Device? device = null, ScalarType dtype = ScalarType.Float32)
    {
        var processor = new JanusImageProcessor(config.Vision.ImageSize);
        CheckFit("The given configuration", config, tokenizer, processor);
        var model = new JanusModel(config, device, dtype);
        RandomInit.Apply(model, seed);
        return new JanusPolicy(config, tokenizer, processor, model, []);
    }

    /// <summary>
    /// Writes a complete Janus folder that <see cref="Load"/> and the original read: each file replaced whole, the weights last. Tensors that were
    /// loaded but are not used are written as they came. Tensors of odd sizes are last, so that the others are aligned.
    /// </summary>
    public void Save(string directory)
    {
        JanusFolder.WriteSettings(directory, Config, Tokenizer, Processor, Model.Dtype);
        SafetensorsWriter.Write(Path.Combine(directory, CheckpointFolder.FileName),
            Weights().Concat(_unused).OrderBy(item => item.Tensor.numel() * item.Tensor.element_size() % SafetensorsWriter.Alignment != 0));
    }

    /// <summary>The parameters under their checkpoint names, in the model's order.</summary>
    public IEnumerable<(string Name, Tensor Tensor)> Weights() =>
        Model.named_parameters().Select(item => (item.name, (Tensor)item.parameter));

    public void Dispose()
    {
        Model.Dispose();
        foreach ((_, Tensor tensor) in _unused)
            tensor.Dispose();
    }

    private static JanusModel Allocate(string file, JanusConfig config, Device? device, ScalarType dtype)
    {
        try
        {
            return new JanusModel(config, device, dtype);
        }
        catch (Exception e) when (e is ExternalException or OutOfMemoryException or OverflowException)
        {
            throw new ModelFileException($"{file} describes a model that cannot be allocated here ({e.Message.Split('\n')[0]}); "
                + "use a smaller model or a machine with more memory.", e);
        }
    }

    private static void CheckDevice(string directory, Device? device)
    {
        if (device?.type == DeviceType.CUDA && !cuda.is_available())
            throw new ModelFileException($"{directory} was to be loaded to {device}, but there is no CUDA device here; use cpu.");
    }

    private static void CheckFit(string file, JanusConfig config, JanusTokenizer tokenizer, JanusImageProcessor processor)
    {
        if (tokenizer.VocabSize > config.Language.VocabSize)
        {
            throw new ModelFileException($"{file}: language_config.vocab_size is {config.Language.VocabSize}, but the tokenizer has ids up to "
                + $"{tokenizer.VocabSize - 1}; use the tokenizer that belongs to the model.");
        }
        if (processor.ImageSize != config.Vision.ImageSize)
        {
            throw new ModelFileException($"{file}: vision_config.params.image_size is {config.Vision.ImageSize}, but "
                + $"{JanusImageProcessor.FileName} says {processor.ImageSize}; use the files of one model.");
        }
    }
}
