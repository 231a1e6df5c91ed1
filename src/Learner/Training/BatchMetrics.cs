using PairUni.Algorithms;

namespace PairUni.Learner.Training;

/// <summary>The metrics that are known before any update: rewards, lengths, lags, weights; for all groups and per task.</summary>
public static class BatchMetrics
{
    /// <summary>The name prefix of a task.</summary>
    public static string Prefix(bool isImage) => isImage ? "generate/" : "understand/";

    /// <summary>Adds the metrics of <paramref name="groups"/>.</summary>
    /// <param name="metrics">Where they go.</param>
    /// <param name="groups">Every group of the step.</param>
    /// <param name="version">Version of the policy that is about to be trained.</param>
    /// <param name="eosId">Token that ends an answer; one without it was cut off.</param>
    public static void Add(MetricReducer metrics, IReadOnlyList<TrainGroup> groups, int version, int eosId)
    {
        Add(metrics, "", groups, version, eosId);
        foreach (var task in groups.GroupBy(g => g.IsImage)) Add(metrics, Prefix(task.Key), [.. task], version, eosId);
    }

    private static void Add(MetricReducer metrics, string prefix, IReadOnlyList<TrainGroup> groups, int version, int eosId)
    {
        var rewards = RewardStatistics.Of([.. groups.Select(g => g.Rewards)]);
        metrics.Mean(prefix + "reward/mean", rewards.Mean);
        metrics.Mean(prefix + "reward/std", rewards.Deviation);
        metrics.Mean(prefix + "reward/zero_std_frac", rewards.ZeroDeviationFraction);
        foreach (var group in groups)
        {
            foreach (var part in group.Parts)
                foreach (var value in part.Values) metrics.Mean($"{prefix}reward/{part.Name}/mean", value);
            foreach (var tokens in group.Tokens)
            {
                metrics.Mean(prefix + "completion/length/mean", tokens.Length);
                metrics.Mean(prefix + "completion/truncated_frac", !group.IsImage && (tokens.Length == 0 || tokens[^1] != eosId) ? 1 : 0);
            }

            metrics.Mean(prefix + "policy/lag/mean", version - group.PolicyVersion);
            metrics.Max(prefix + "policy/lag/max", version - group.PolicyVersion);
            metrics.Mean(prefix + "pair/weight/mean", group.PairWeight);
        }
    }
}
