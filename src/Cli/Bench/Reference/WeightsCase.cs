using PairUni.Modeling.Janus;
using TorchSharp;

namespace PairUni.Cli.Bench.Reference;

/// <summary>A model in several forms of files: every form must give equal weights.</summary>
internal static class WeightsCase
{
    private static readonly string[] Patterns = ["model*.safetensors*", "pytorch_model*.bin*"];

    /// <summary>The forms that a model folder and the folders in it hold, each with a name and its files.</summary>
    public static IReadOnlyList<(string Name, string[] Files)> Forms(string folder) =>
    [
        .. Directory.GetDirectories(folder).Order(StringComparer.Ordinal).Prepend(folder)
            .SelectMany(place => Patterns.Select(pattern => Directory.GetFiles(place, pattern).Order(StringComparer.Ordinal).ToArray()))
            .Where(files => files.Length > 0)
            .Select(files => (Path.GetRelativePath(folder, files[0]), files)),
    ];

    /// <returns>The largest difference of any weight; infinite where names or shapes differ.</returns>
    public static double Distance(JanusPolicy policy, JanusPolicy other)
    {
        using var scope = torch.NewDisposeScope();
        return policy.Weights().Zip(other.Weights(), (a, b) =>
        {
            if (a.Name != b.Name || !a.Tensor.shape.SequenceEqual(b.Tensor.shape))
                return double.PositiveInfinity;
            var difference = (a.Tensor - b.Tensor).abs().max().to_type(torch.ScalarType.Float64).ToDouble();
            return double.IsNaN(difference) ? double.PositiveInfinity : difference;
        }).Max();
    }
}
