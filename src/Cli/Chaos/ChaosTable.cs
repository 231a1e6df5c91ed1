using System.Globalization;

namespace PairUni.Cli.Chaos;

/// <summary>What a chaos run came to, as lines.</summary>
internal static class ChaosTable
{
    /// <summary>One line a kind of fault: how often, and how long until the next version after it.</summary>
    public static IEnumerable<string> Faults(IReadOnlyList<(Fault Fault, DateTimeOffset At)> faults, JournalTimeline journal)
    {
        yield return $"{"fault",-14}{"times",6}{"next version after: median",28}{"longest",9}";
        foreach (var kind in faults.GroupBy(f => f.Fault.Kind).OrderBy(k => k.Key))
        {
            double[] seconds = [.. kind.Select(f => (journal.NextVersion(f.At) - f.At)?.TotalSeconds).OfType<double>().Order()];
            yield return seconds.Length == 0
                ? $"{kind.Key,-14}{kind.Count(),6}"
                : string.Create(CultureInfo.InvariantCulture, $"{kind.Key,-14}{kind.Count(),6}{Median(seconds),26:0.0} s{seconds[^1],7:0.0} s");
        }
    }

    /// <summary>One run in a line.</summary>
    public static string Sum(ChaosResult result) => string.Create(CultureInfo.InvariantCulture,
        $"seed {result.Seed}: {result.Faults.Count} faults, version {result.Journal.Version}, {result.Journal.Trained.Count} groups trained, {result.Comparison.Lost.Count} lost, {result.Twice} twice, {result.Journal.Dropped} dropped; the learner came up {result.Journal.Restores} times, {result.Journal.Fenced} entries by an older epoch; {(result.Findings.Count == 0 ? "held" : $"{result.Findings.Count} findings")}");

    /// <summary>All runs, a line each.</summary>
    public static IEnumerable<string> Seeds(IReadOnlyList<ChaosResult> results)
    {
        foreach (var result in results) yield return Sum(result);
        yield return $"{results.Count} runs: {results.Sum(r => r.Faults.Count)} faults, {results.Sum(r => r.Comparison.Lost.Count)} lost, {results.Sum(r => r.Twice)} trained twice, {results.Count(r => r.Findings.Count > 0)} runs with findings";
    }

    private static double Median(double[] sorted) => (sorted[(sorted.Length - 1) / 2] + sorted[sorted.Length / 2]) / 2;
}
