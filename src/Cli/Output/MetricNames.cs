namespace PairUni.Cli.Output;

/// <summary>The order in which metrics are written, the same in every line: the listed ones first, then the rest by name.</summary>
internal static class MetricNames
{
    private static readonly string[] First =
    [
        "reward/mean", "reward/std", "reward/zero_std_frac",
        "generate/reward/mean", "generate/reward/std", "generate/reward/zero_std_frac",
        "understand/reward/mean", "understand/reward/std", "understand/reward/zero_std_frac",
        "kl", "kl/sampler", "clip_frac", "entropy", "completion/length/mean", "completion/truncated_frac",
        "optim/grad_norm", "optim/lr", "policy/lag/mean", "policy/lag/max",
        "off_policy/ratio/mean", "off_policy/ratio/max", "off_policy/filtered_frac", "off_policy/kl", "pair/weight/mean",
    ];

    private static readonly string[] Last =
        ["time/step", "time/wait_for_batch", "time/publish", "perf/tokens_per_second", "perf/images_per_second"];

    /// <summary>Whether a metric measures the machine and so differs from run to run.</summary>
    public static bool IsClock(string name) =>
        name.StartsWith("time/", StringComparison.Ordinal) || name.StartsWith("perf/", StringComparison.Ordinal);

    public static IEnumerable<KeyValuePair<string, double>> Ordered(IReadOnlyDictionary<string, double> metrics) =>
        metrics.OrderBy(m => Rank(m.Key)).ThenBy(m => m.Key, StringComparer.Ordinal);

    private static int Rank(string name)
    {
        var first = Array.IndexOf(First, name);
        if (first >= 0)
            return first;
        var last = Array.IndexOf(Last, name);
        return last >= 0 ? First.Length + 2 + last : First.Length + (IsClock(name) ? 1 : 0);
    }
}
