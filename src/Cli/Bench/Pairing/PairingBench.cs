using System.Diagnostics;
using PairUni.Data;
using PairUni.Data.Pairing;

namespace PairUni.Cli.Bench.Pairing;

/// <summary>Pairs two pools of made-up features, and a smaller one also by sorting all edges.</summary>
internal static class PairingBench
{
    private const int SamplesOfACluster = 40;
    private const double Threshold = 0.6;

    public static PairingBenchResult Run(int understand, int generate, int width, int aligned, int retrieved, int compared, TimeProvider time, string command)
    {
        var clusters = Math.Max(1, (understand + generate) / SamplesOfACluster);
        var (u, g) = (SyntheticFeatures.Of(understand, width, clusters, 1), SyntheticFeatures.Of(generate, width, clusters, 2));
        using var process = Process.GetCurrentProcess();
        var (start, processor) = (time.GetTimestamp(), process.TotalProcessorTime);
        var plan = PairPlanner.Plan(u, g, aligned, Threshold, retrieved, _ => true, seed: 1);
        var seconds = time.GetElapsedTime(start).TotalSeconds;
        process.Refresh();
        var used = (process.TotalProcessorTime - processor).TotalSeconds;
        var peak = PeakMemory.Bytes();
        var (ours, plain, same) = Compare(Math.Min(compared, Math.Min(understand, generate)), width, time);
        return new()
        {
            Work = $"{aligned} aligned and {retrieved} retrieved pairs at threshold 0.6 from {understand} and {generate} vectors of width {width}",
            Seconds = seconds,
            ProcessorSeconds = used,
            PeakBytes = peak,
            Aligned = plan.AlignedGenerate.Count + plan.AlignedUnderstand.Count,
            Retrieved = plan.Retrieved.Count,
            SumOfSimilarities = plan.Retrieved.Sum(pair => pair.Similarity),
            LeastSimilarity = plan.Retrieved.Select(pair => pair.Similarity).DefaultIfEmpty().Min(),
            SumByChance = ByChance(u, g, plan.Retrieved.Count),
            Compared = compared,
            ComparedSeconds = ours,
            PlainSeconds = plain,
            Same = same,
            Command = command,
        };
    }

    private static (double Ours, double Plain, bool Same) Compare(int size, int width, TimeProvider time)
    {
        var clusters = Math.Max(1, 2 * size / SamplesOfACluster);
        var (u, g) = (SyntheticFeatures.Of(size, width, clusters, 3), SyntheticFeatures.Of(size, width, clusters, 4));
        var (left, right) = (Rows(u), Rows(g));
        var start = time.GetTimestamp();
        var ours = PairPlanner.Plan(u, g, 0, Threshold, int.MaxValue, _ => true, 1).Retrieved;
        var (mine, again) = (time.GetElapsedTime(start).TotalSeconds, time.GetTimestamp());
        var plain = PairBuilder.Build(left, right, 0, (float)Threshold, new SeededRandom(1)).Retrieved;
        return (mine, time.GetElapsedTime(again).TotalSeconds, ours.SequenceEqual(plain));
    }

    private static double ByChance(FeatureMatrix u, FeatureMatrix g, int count)
    {
        var (left, right) = (new SeededRandom(1, 1).Sample(Enumerable.Range(0, u.Count), count), new SeededRandom(1, 2).Sample(Enumerable.Range(0, g.Count), count));
        return left.Zip(right).Sum(pair => ImageFeatures.Similarity(u[pair.First], g[pair.Second]));
    }

    private static float[][] Rows(FeatureMatrix matrix) => [.. Enumerable.Range(0, matrix.Count).Select(i => matrix[i].ToArray())];
}
