using System.Text.Json;
using PairUni.Silo;

namespace PairUni.Cli.Chaos;

/// <summary>A run that was disturbed beside the same run that was not.</summary>
/// <param name="Lost">Groups that only the undisturbed run trained.</param>
/// <param name="Extra">Groups that only the disturbed run trained.</param>
/// <param name="OtherMetrics">Steps whose metrics differ.</param>
/// <param name="Steps">Steps compared.</param>
internal sealed record RunComparison(IReadOnlyList<string> Lost, IReadOnlyList<string> Extra, IReadOnlyList<int> OtherMetrics, int Steps)
{
    /// <summary>Compares the steps that the disturbed run did.</summary>
    /// <param name="disturbed">What its journal proves, and its metrics.jsonl.</param>
    /// <param name="undisturbed">The same of the other run, which did at least as many steps.</param>
    public static RunComparison Of((JournalReport Journal, string Metrics) disturbed, (JournalReport Journal, string Metrics) undisturbed)
    {
        var steps = disturbed.Journal.Version;
        var (mine, whole) = (Trained(disturbed.Journal, steps), Trained(undisturbed.Journal, steps));
        var (lines, wholeLines) = (Metrics(disturbed.Metrics), Metrics(undisturbed.Metrics));
        return new([.. whole.Except(mine)], [.. mine.Except(whole)],
            [.. Enumerable.Range(1, steps).Where(s => lines.GetValueOrDefault(s, "none") != wholeLines.GetValueOrDefault(s, "none"))], steps);
    }

    // The two runs have different names.
    private static HashSet<string> Trained(JournalReport journal, int steps) =>
        [.. journal.Trained.Where(k => k.Step <= steps).Order().Select(k => $"{k.Step}/{k.Pair}/{k.Task.ToString().ToLowerInvariant()}")];

    // What measures the machine differs; of a step that was done again the last line counts.
    private static Dictionary<int, string> Metrics(string path)
    {
        var metrics = new Dictionary<int, string>();
        foreach (var line in File.ReadLines(path))
        {
            using var json = JsonDocument.Parse(line);
            metrics[json.RootElement.GetProperty("step").GetInt32()] = string.Join(' ', json.RootElement.EnumerateObject()
                .Where(m => !m.Name.StartsWith("time/", StringComparison.Ordinal) && !m.Name.StartsWith("perf/", StringComparison.Ordinal))
                .Select(m => m.ToString()));
        }

        return metrics;
    }
}
