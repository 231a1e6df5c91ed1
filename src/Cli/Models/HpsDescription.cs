using PairUni.Modeling;
using PairUni.Modeling.Files;
using PairUni.Modeling.Hps;
using PairUni.Modeling.Images;
using TorchSharp;

namespace PairUni.Cli.Models;

/// <summary>What pairuni model describe prints about a folder with the weights of an HPS reward model.</summary>
internal static class HpsDescription
{
    private static readonly (string Part, bool IsImage)[] Towers = [("image tower", true), ("text tower", false)];

    /// <summary>A folder that says so, or one that holds a .pt file and no config.json.</summary>
    public static bool IsOne(string folder) =>
        File.Exists(Path.Combine(folder, HpsConfig.FileName))
        || (Directory.Exists(folder) && !File.Exists(Path.Combine(folder, "config.json")) && Directory.EnumerateFiles(folder, "*.pt").Any());

    public static IEnumerable<string> Lines(string folder)
    {
        var path = Checkpoint(folder) ?? throw new ModelFileException($"{folder} has no weights beside {HpsConfig.FileName}; put {HpsFiles.WeightsName} there.");
        using var file = WeightFile.Open(path);
        yield return $"{folder}: HPSv2 (CLIP)";
        yield return $"weights   {path}, {JanusDescription.Gigabytes(file.Length)}, {file.Names.Count} tensors of {string.Join(" and ", file.Tensors.Select(tensor => tensor.Dtype).Distinct().Select(type => type.ToString().ToLowerInvariant()))}";
        yield return "";
        foreach (var (part, isImage) in Towers)
            yield return JanusDescription.Line(part, file.Tensors.Where(tensor => tensor.Name.StartsWith("visual.", StringComparison.Ordinal) == isImage).Sum(tensor => tensor.Elements));
        var parameters = file.Tensors.Sum(tensor => tensor.Elements);
        yield return JanusDescription.Line("parameters", parameters);
        yield return "";
        yield return $"memory    {JanusDescription.Gigabytes(parameters * 4)} in float32, {JanusDescription.Gigabytes(parameters * 2)} in float16, activations on top; it is never trained";
    }

    /// <summary>Reads every weight, held against the sizes.</summary>
    /// <returns>How many there are.</returns>
    /// <exception cref="ModelFileException">A tensor is missing, extra or misshapen, is no finite number, or cannot be read.</exception>
    public static long Check(HpsFiles files)
    {
        using var file = files.Open();
        foreach (var stored in file.Tensors)
        {
            using var values = file.Read(stored.Name);
            using var sum = values.sum(type: torch.ScalarType.Float32);
            if (!double.IsFinite(sum.ToDouble()))
                throw new ModelFileException($"{files.Weights}: tensor {stored.Name} holds values that are no finite numbers; download the file again.");
        }

        return file.Tensors.Sum(tensor => tensor.Elements);
    }

    /// <summary>The type that most of the weights are stored in.</summary>
    public static torch.ScalarType StoredType(HpsFiles files)
    {
        using var file = files.Open();
        return file.Tensors.MaxBy(tensor => tensor.Elements)!.Dtype;
    }

    /// <summary>One image and one prompt through both towers.</summary>
    /// <exception cref="ModelFileException">The score is no number.</exception>
    public static float Score(HpsScorer scorer)
    {
        var score = scorer.Score([RgbImage.Filled(96, 64, 200, 60, 30)], ["a photo of a red circle"])[0][0];
        return float.IsFinite(score) ? score : throw new ModelFileException("The score of an image of one colour is no finite number; the model computes no numbers in this type.");
    }

    /// <summary>The one weight file of such a folder: safetensors, else the first .pt by name.</summary>
    public static string? Checkpoint(string folder)
    {
        var safetensors = Path.Combine(folder, CheckpointFolder.FileName);
        return File.Exists(safetensors) ? safetensors : Directory.EnumerateFiles(folder, "*.pt").Order(StringComparer.Ordinal).FirstOrDefault();
    }
}
