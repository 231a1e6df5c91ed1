using System.Globalization;
using PairUni.Cli.RunFiles;

namespace PairUni.Cli.Bench;

/// <summary>What bench load measured: medians of interleaved rounds, and the peak of memory of loading once.</summary>
internal sealed record LoadBenchResult
{
    public required string Work { get; init; }

    /// <summary>Bytes of the weight files.</summary>
    public required long Bytes { get; init; }

    /// <summary>Seconds from the folder's path to a model whose every page has been used.</summary>
    public required double LoadSeconds { get; init; }

    /// <summary>Of these, seconds until the model could be used.</summary>
    public required double ReadySeconds { get; init; }

    /// <summary>Seconds of cat FILE > /dev/null.</summary>
    public required double CatSeconds { get; init; }

    /// <summary>Speed of loading divided by that of cat.</summary>
    public double Ratio => CatSeconds / LoadSeconds;

    /// <summary>The process' largest resident set up to the end of its first load, in bytes; the runtime and libraries included.</summary>
    public required long PeakBytes { get; init; }

    /// <summary>Peak divided by the size of the files.</summary>
    public double PeakRatio => (double)PeakBytes / Bytes;

    public required int Rounds { get; init; }

    public required string Command { get; init; }

    public string Hardware { get; } = EnvironmentFile.Hardware();

    public IEnumerable<string> Lines()
    {
        yield return Work;
        yield return $"hardware  {Hardware}";
        yield return Format($"load      {LoadSeconds:0.00} s, {Bytes / LoadSeconds / 1e9:0.00} GB/s, every page used (ready after {ReadySeconds:0.00} s)");
        yield return Format($"cat       {CatSeconds:0.00} s, {Bytes / CatSeconds / 1e9:0.00} GB/s");
        yield return Format($"ratio     {Ratio:0.00} (above 1: loading is faster)");
        yield return Format($"peak      {PeakBytes / 1e9:0.00} GB of memory, {PeakRatio:0.00} times the files");
        yield return $"medians of {Rounds} rounds, the two sides taking turns, files in the page cache; {Command}";
    }

    private static string Format(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
