using System.Globalization;
using PairUni.Contracts.Options;
using PairUni.Modeling.Files;
using PairUni.Modeling.Janus;
using PairUni.Modeling.Janus.Folders;
using PairUni.Modeling.Janus.Names;
using TorchSharp;

namespace PairUni.Cli.Models;

/// <summary>What pairuni model describe prints about a Janus folder.</summary>
internal static class JanusDescription
{
    private const int Group = 8;
    private const int PromptTokens = 64;

    public static IEnumerable<string> Lines(string folder)
    {
        var config = JanusConfig.Load(folder);
        yield return $"{folder}: Janus-Pro";
        yield return $"sees      SigLIP, {config.Vision.Layers} layers of width {config.Vision.Width}, {config.Vision.Heads} heads; {config.Vision.ImageSize} x {config.Vision.ImageSize} pixels in patches of {config.Vision.PatchSize}, {config.Vision.Tokens} tokens";
        yield return $"thinks    Llama, {config.Language.Layers} layers of width {config.Language.HiddenSize}, {config.Language.Heads} heads ({config.Language.KeyValueHeads} of keys and values), inner width {config.Language.IntermediateSize}, vocabulary {config.Language.VocabSize}, {config.Language.MaxPositions} positions";
        yield return $"draws     VQ-16, {config.Vq.CodebookSize} codes of width {config.Vq.CodeWidth}; {config.ImageTokens} tokens are {config.GeneratedSize} x {config.GeneratedSize} pixels";
        yield return $"weights   {Weights(folder, config)}";
        yield return "";
        foreach (var line in Parts(config))
            yield return line;
        yield return "";
        foreach (var (name, dtype) in new[] { ("float32", torch.ScalarType.Float32), ("bfloat16", torch.ScalarType.BFloat16) })
        {
            var memory = new JanusMemory(config, JanusMemory.WidthOf(dtype));
            var freeze = new LearnerOptions().Freeze.ToArray();
            yield return $"memory in {name}, activations on top";
            yield return $"  inference {Gigabytes(memory.Weights)} weights, {Gigabytes(memory.ImageGroup(Group, PromptTokens))} keys and values of {Group} images with guidance ({memory.Position} bytes a token)";
            yield return $"  training  {Gigabytes(memory.Training(freeze))} weights, gradients and two moments; {Count(memory.Trained(freeze))} parameters are trained, {string.Join(", ", freeze)} are not";
        }
    }

    private static IEnumerable<string> Parts(JanusConfig config)
    {
        var used = JanusShapes.Parameters(config).ToArray();
        var unused = JanusShapes.Unused(config).Sum(tensor => tensor.Elements);
        foreach (var part in used.GroupBy(tensor => tensor.Name.Split('.')[0]))
            yield return Line(part.Key, part.Sum(tensor => tensor.Elements));
        yield return Line("attention pooling, unused", unused);
        yield return Line("parameters", used.Sum(tensor => tensor.Elements) + unused);
    }

    private static string Weights(string folder, JanusConfig config)
    {
        if (!CheckpointFolder.IsIn(folder))
            return "none in this folder";
        using var files = CheckpointFolder.Open(folder);
        var types = files.Names.Select(name => files[name].Dtype).Distinct().Order().Select(type => type.ToString().ToLowerInvariant());
        var names = JanusNames.In(files);
        files.Check(JanusShapes.Parameters(config).Select(tensor => (tensor.Name, tensor.Shape)), names);
        return $"{files.Where}, {files.Files.Count} file{(files.Files.Count == 1 ? "" : "s")} of {Gigabytes(files.Files.Sum(file => file.Length))}, {files.Names.Count} tensors of {string.Join(" and ", types)}, named as {(names == JanusNames.Original ? "the original's" : "in HF transformers")}; they fit config.json";
    }

    public static string Line(string name, long parameters) => $"{name,-26}{Count(parameters),16}";

    public static string Count(long number) => number.ToString("#,0", CultureInfo.InvariantCulture).Replace(',', ' ');

    public static string Gigabytes(long bytes) => bytes >= 10_000_000
        ? string.Create(CultureInfo.InvariantCulture, $"{bytes / 1e9:0.00} GB")
        : string.Create(CultureInfo.InvariantCulture, $"{bytes / 1e6:0.00} MB");
}
