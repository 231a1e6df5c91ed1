using System.Text.Json;
using System.Text.Json.Nodes;
using PairUni.Modeling.Files;
using PairUni.Modeling.Images;
using PairUni.Modeling.Janus.Names;
using PairUni.Modeling.Text;
using static TorchSharp.torch;

namespace PairUni.Modeling.Janus.Folders;

/// <summary>Writes the files of a Janus folder.</summary>
public static class JanusFolder
{
    /// <summary>Name of the prompt settings inside a model folder.</summary>
    public const string ProcessorFileName = "processor_config.json";

    /// <summary>Everything but the weights.</summary>
    /// <param name="dtype">The type that the weights are stored in.</param>
    public static void WriteSettings(string directory, JanusConfig config, JanusTokenizer tokenizer, JanusImageProcessor processor, ScalarType dtype)
    {
        Directory.CreateDirectory(directory);
        (config with { TorchDtype = TypeName(dtype) }).Save(directory);
        tokenizer.Save(directory);
        processor.Save(directory);
        AtomicFile.Write(Path.Combine(directory, ProcessorFileName), JsonSerializer.SerializeToUtf8Bytes(new JsonObject
        {
            ["add_special_token"] = false,
            ["ignore_id"] = -100,
            ["image_tag"] = "<image_placeholder>",
            ["mask_prompt"] = true,
            ["num_image_tokens"] = config.Vision.Tokens,
            ["processor_class"] = "VLChatProcessor",
            ["sft_format"] = "deepseek",
        }, new JsonSerializerOptions { WriteIndented = true }));
    }

    /// <summary>A complete folder of random bfloat16 weights, unused tensors included, written without holding the model in memory.</summary>
    /// <param name="tokenizer">May have fewer ids than the model; the rest of its table has no tokens.</param>
    /// <param name="written">Told the bytes of weights written so far.</param>
    /// <exception cref="ModelFileException">The tokenizer has more ids than the model, or the disk too little room.</exception>
    public static void WriteRandom(string directory, JanusConfig config, JanusTokenizer tokenizer, long seed, Action<long>? written = null)
    {
        if (tokenizer.VocabSize > config.Language.VocabSize)
            throw new ModelFileException($"A tokenizer with ids up to {tokenizer.VocabSize - 1} does not go with a vocabulary of {config.Language.VocabSize}; use a smaller tokenizer.");
        WriteSettings(directory, config, tokenizer, new JanusImageProcessor(config.Vision.ImageSize), ScalarType.BFloat16);
        RandomWeights.Write(Path.Combine(directory, CheckpointFolder.FileName), JanusShapes.Parameters(config).Concat(JanusShapes.Unused(config)),
            [new TensorShape(JanusShapes.CodebookUsedName, [JanusShapes.CodebookUsed])], ScalarType.BFloat16, seed, RandomInit.Fill, written);
    }

    internal static string TypeName(ScalarType dtype) => dtype switch
    {
        ScalarType.BFloat16 => "bfloat16",
        ScalarType.Float16 => "float16",
        _ => "float32",
    };
}
