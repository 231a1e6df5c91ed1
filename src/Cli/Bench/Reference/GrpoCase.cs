using PairUni.Algorithms;
using PairUni.Learner.Losses;
using TorchSharp;
using static TorchSharp.torch;

namespace PairUni.Cli.Bench.Reference;

/// <summary>Advantages, pair weights, clipped loss and its gradient in every normalisation.</summary>
internal static class GrpoCase
{
    // Rewards are float32 in PairUni, where the reference has them in double precision.
    private const double RewardTolerance = 1e-5;
    private const double LossTolerance = 1e-6;
    private const double GradientTolerance = 1e-9;

    private static readonly (string Aggregation, LossType Type)[] Aggregations =
    [
        ("sequence_mean", LossType.Grpo), ("token_mean", LossType.Dapo), ("constant_length", LossType.DrGrpo),
    ];

    public static void Run(ReferenceCase reference)
    {
        using var recorded = enable_grad();
        Advantage(reference);
        var beta = reference.Numbers("beta")[0];
        foreach (var (aggregation, type) in Aggregations)
        {
            var (total, totalGradient, _) = Loss(reference, type, beta);
            var (policy, policyGradient, metrics) = Loss(reference, type, 0);
            reference.CompareAll($"{aggregation}/total/loss", [total], LossTolerance);
            reference.CompareAll($"{aggregation}/total/grad_logp", totalGradient, GradientTolerance);
            reference.CompareAll($"{aggregation}/policy/loss", [policy], LossTolerance);
            reference.CompareAll($"{aggregation}/policy/grad_logp", policyGradient, GradientTolerance);
            reference.CompareAll($"{aggregation}/kl_times_beta/loss", [total - policy], LossTolerance);
            reference.CompareAll($"{aggregation}/kl_times_beta/grad_logp", totalGradient.Zip(policyGradient, (a, b) => a - b), GradientTolerance);
            if (type != LossType.Dapo)
                continue;
            reference.CompareAll("clipped_fraction", [metrics.Clipped / metrics.Tokens], GradientTolerance);
            reference.CompareAll("kl_token_mean", [metrics.KlReference!.Value / metrics.Tokens], LossTolerance);
        }
    }

    private static void Advantage(ReferenceCase reference)
    {
        var size = (int)reference["rewards"].size(1);
        float[][] rewards = [.. reference.Numbers("rewards").Select(r => (float)r).Chunk(size)];
        var plain = Advantages.Compute(rewards, ScaleRewards.Group);
        reference.CompareAll("adv_unbiased_eps1e-4", plain.SelectMany(a => a), RewardTolerance);
        reference.CompareAll("adv_mean_only", Advantages.Compute(rewards, ScaleRewards.None).SelectMany(a => a), RewardTolerance);
        double[] weights = [.. rewards.Select(_ => 1.0)];
        if (reference.Has("pair_similarity"))
        {
            double[] given = [.. reference.Numbers("pair_weight").Chunk(size).Select(row => row[0])];
            double[] similarity = [.. reference.Numbers("pair_similarity").Chunk(size).Select(row => row[0])];
            weights = new[] { PairWeighting.Linear, PairWeighting.Sqrt, PairWeighting.None }
                .Select(weighting => similarity.Select(s => PairWeight.Of(weighting, s, aligned: false)).ToArray())
                .MinBy(candidate => candidate.Zip(given, (a, b) => Math.Abs(a - b)).Max())!;
            reference.CompareAll("pair_weight", weights.SelectMany(w => Enumerable.Repeat(w, size)), GradientTolerance);
        }

        reference.CompareAll("advantage_used", plain.SelectMany((group, g) => group.Select(a => a * weights[g])), RewardTolerance);
    }

    private static (double Loss, IEnumerable<double> Gradient, PairGrpoMetrics Metrics) Loss(ReferenceCase reference, LossType type, double beta)
    {
        using var scope = NewDisposeScope();
        var logp_BT = reference["logp"].requires_grad_();
        var mask_BT = reference["mask"];
        var (loss, metrics) = PairGrpoLoss.Compute(
            logp_BT,
            reference["logp_old"],
            reference["logp_ref"],
            reference["advantage_used"],
            mask_BT,
            new() { ClipLow = reference.Numbers("clip_low")[0], ClipHigh = reference.Numbers("clip_high")[0], KlCoef = beta },
            new(type, logp_BT.size(0), mask_BT.sum().ToDouble(), (int)logp_BT.size(1)));
        loss.backward();
        return (loss.ToDouble(), logp_BT.grad!.cpu().data<double>().ToArray(), metrics);
    }
}
