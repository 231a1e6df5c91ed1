using System.Globalization;
using System.Text.Json.Serialization;
using PairUni.Cli.RunFiles;

namespace PairUni.Cli.Bench;

/// <summary>One comparison: a figure of each side over interleaved rounds on the same machine, and their ratio.</summary>
internal sealed record BenchResult
{
    /// <summary>What was done, with its sizes.</summary>
    public required string Work { get; init; }

    /// <summary>Unit of the two figures: "us" for a time, "images/s" for a speed.</summary>
    public required string Unit { get; init; }

    /// <summary>PairUni's figure.</summary>
    public required double Ours { get; init; }

    /// <summary>PyTorch for Python's figure; null when it is not installed.</summary>
    public double? PyTorch { get; init; }

    /// <summary>Ours divided by PyTorch's.</summary>
    public double? Ratio => Ours / PyTorch;

    /// <summary>Median of the ratios of rounds that followed each other, where the figures are not medians themselves.</summary>
    public double? MedianRatio { get; init; }

    /// <summary>What the figures are of their rounds.</summary>
    public string Statistic { get; init; } = "medians";

    /// <summary>How many rounds each side did.</summary>
    public required int Rounds { get; init; }

    public required string Command { get; init; }

    public string Hardware { get; } = EnvironmentFile.Hardware();

    /// <summary>Version of PyTorch for Python.</summary>
    public string? PyTorchVersion { get; init; }

    /// <summary>Whether a smaller number is better.</summary>
    [JsonIgnore]
    public bool IsTime => !Unit.EndsWith("/s", StringComparison.Ordinal);

    /// <summary>Further lines about ours.</summary>
    public IReadOnlyList<string> Notes { get; init; } = [];

    public IEnumerable<string> Lines()
    {
        yield return Work;
        yield return $"hardware  {Hardware}";
        yield return $"PairUni   {Number(Ours)} {Unit}";
        foreach (var note in Notes)
            yield return note;
        if (PyTorch is { } baseline)
        {
            yield return $"PyTorch   {Number(baseline)} {Unit} (Python, {PyTorchVersion})";
            yield return $"ratio     {Number(Ratio!.Value)} ({(IsTime ? "below" : "above")} 1: PairUni is faster){(MedianRatio is { } median ? $", median of the rounds' ratios {Number(median)}" : "")}";
        }

        yield return $"{Statistic} of {Rounds} rounds{(PyTorch is null ? "" : ", the two sides taking turns")}; {Command}";
    }

    private static string Number(double x) => x.ToString(x >= 100 ? "0" : x >= 10 ? "0.0" : "0.00", CultureInfo.InvariantCulture);
}
