using System.Globalization;
using PairUni.Cli.RunFiles;

namespace PairUni.Cli.Bench.Pairing;

/// <summary>What bench pairing measured.</summary>
internal sealed record PairingBenchResult
{
    public required string Work { get; init; }

    public required double Seconds { get; init; }

    /// <summary>Processor time of all threads in it: what is left when others use the machine too.</summary>
    public required double ProcessorSeconds { get; init; }

    /// <summary>Largest resident memory of the process, in bytes, the vectors included.</summary>
    public required long PeakBytes { get; init; }

    public required int Aligned { get; init; }

    public required int Retrieved { get; init; }

    /// <summary>Sum of the retrieved pairs' similarities.</summary>
    public required double SumOfSimilarities { get; init; }

    public required double LeastSimilarity { get; init; }

    /// <summary>The same number of pairs by chance: the sum of their similarities.</summary>
    public required double SumByChance { get; init; }

    /// <summary>Size of both pools in the comparison with sorting all edges.</summary>
    public required int Compared { get; init; }

    public required double ComparedSeconds { get; init; }

    public required double PlainSeconds { get; init; }

    /// <summary>Both ways gave the same pairs in the comparison.</summary>
    public required bool Same { get; init; }

    public required string Command { get; init; }

    public string Hardware { get; } = EnvironmentFile.Hardware();

    public IEnumerable<string> Lines()
    {
        yield return Work;
        yield return $"hardware  {Hardware}";
        yield return Format($"PairUni   {Seconds:0.0} s ({ProcessorSeconds:0.0} s of processor time), peak memory {PeakBytes / 1e9:0.00} GB");
        yield return Format($"          {Aligned + Retrieved} pairs: {Aligned} aligned, {Retrieved} retrieved; sum of similarities {SumOfSimilarities:0.0} (mean {SumOfSimilarities / Math.Max(1, Retrieved):0.000}, least {LeastSimilarity:0.000})");
        yield return Format($"by chance sum of similarities {SumByChance:0.0} of as many pairs");
        yield return Format($"plain     {PlainSeconds:0.00} s to match {Compared} with {Compared} by sorting all edges; PairUni {ComparedSeconds:0.00} s, ratio {ComparedSeconds / PlainSeconds:0.00} (below 1: PairUni is faster), {(Same ? "the same pairs" : "OTHER PAIRS")}");
        yield return Command;
    }

    private static string Format(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
