using System.Globalization;
using PairUni.Cli.Chaos;
using PairUni.Cli.RunFiles;

namespace PairUni.Cli.Bench;

/// <summary>What bench recovery measured.</summary>
internal sealed record RecoveryBenchResult
{
    public required ProcessSignal Signal { get; init; }

    public required bool Tuned { get; init; }

    /// <summary>The run's rollout.lease_seconds.</summary>
    public required TimeSpan Lease { get; init; }

    /// <summary>From each signal until the group that the worker held was accepted from another worker.</summary>
    public required IReadOnlyList<TimeSpan> Recoveries { get; init; }

    /// <summary>The workers that took the places of the killed ones.</summary>
    public required IReadOnlyList<JoinTimes> Joins { get; init; }

    public string Hardware { get; } = EnvironmentFile.Hardware();

    public IEnumerable<string> Lines()
    {
        yield return Format($"hardware  {Hardware}");
        yield return Format($"{Signal} of a worker in the middle of a group, {(Tuned ? "tuned" : "default")} probes, leases of {Lease.TotalSeconds:0.#} s: its group again at another worker");
        yield return $"          {Spread(Recoveries)}";
        if (Joins.Count == 0) yield break;
        yield return $"a new worker, from its process's start: {Spread([.. Joins.Select(j => j.Whole)])}";
        yield return $"  joined       {Spread([.. Joins.Select(j => j.Joined)])}";
        yield return $"  asked        {Spread([.. Joins.Select(j => j.Asked)])}";
        yield return $"  first group  {Spread([.. Joins.Select(j => j.First)])} with model and weights";
        yield return $"  next group   {Spread([.. Joins.Select(j => j.Group)])}";
    }

    /// <summary>Median, 99th percentile (nearest rank) and number.</summary>
    public static string Spread(IReadOnlyCollection<TimeSpan> times)
    {
        double[] seconds = [.. times.Select(t => t.TotalSeconds).Order()];
        return Format($"median {Rank(seconds, 0.5):0.00} s, p99 {Rank(seconds, 0.99):0.00} s of {seconds.Length}");
    }

    private static double Rank(double[] sorted, double share) => sorted[Math.Max(0, (int)Math.Ceiling(share * sorted.Length) - 1)];

    private static string Format(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
