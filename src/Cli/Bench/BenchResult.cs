using System.Globalization;
using System.Text.Json.Serialization;
using PairUni.Cli.RunFiles;

namespace PairUni.Cli.Bench;

/// <summary>One comparison: medians of interleaved rounds on the same machine, and their ratio.</summary>
internal sealed record BenchResult
{
    /// <summary>What was done, with its sizes.</summary>
    public required string Work { get; init; }

    /// <summary>Unit of the two medians: "us" for a time, "images/s" for a speed.</summary>
    public required string Unit { get; init; }

    /// <summary>PairUni's median.</summary>
    public required double Ours { get; init; }

    /// <summary>PyTorch for Python's median; null when it is not installed.</summary>
    public double? PyTorch { get; init; }

    /// <summary>Ours divided by PyTorch's.</summary>
    public double? Ratio => Ours / PyTorch;

    /// <summary>How many rounds each side did.</summary>
    public required int Rounds { get; init; }

    public required string Command { get; init; }

    public string Hardware { get; } = $"{EnvironmentFile.Processor()}, {Environment.ProcessorCount} cores";

    /// <summary>Version of PyTorch for Python.</summary>
    public string? PyTorchVersion { get; init; }

    /// <summary>Whether a smaller number is better.</summary>
    [JsonIgnore]
    public bool IsTime => !Unit.EndsWith("/s", StringComparison.Ordinal);

    public IEnumerable<string> Lines()
    {
        yield return Work;
        yield return $"hardware  {Hardware}";
        yield return $"PairUni   {Number(Ours)} {Unit}";
        if (PyTorch is { } baseline)
        {
            yield return $"PyTorch   {Number(baseline)} {Unit} (Python, {PyTorchVersion})";
            yield return $"ratio     {Number(Ratio!.Value)} ({(IsTime ? "below" : "above")} 1: PairUni is faster)";
        }

        yield return $"medians of {Rounds} rounds{(PyTorch is null ? "" : ", the two sides taking turns")}; {Command}";
    }

    private static string Number(double x) => x.ToString(x >= 100 ? "0" : x >= 10 ? "0.0" : "0.00", CultureInfo.InvariantCulture);
}
