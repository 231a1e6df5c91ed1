using PairUni.Algorithms;
using PairUni.Learner.Losses;
using TorchSharp;
using static TorchSharp.torch;

namespace PairUni.Learner.Training;

// B sequences, T tokens (padded)

/// <summary>Groups of one task that go through the model together, with the tensors of their loss. Tensors belong to the step's scope.</summary>
internal sealed class MicroBatch
{
    private readonly PolicyForward _forward;
    private readonly PreparedGroups _prepared;
    private readonly WeightedGroup[] _groups;
    private readonly bool _isImage;
    private readonly OffPolicyCorrection _correction;
    private OffPolicyMetrics? _importance;

    /// <summary>Prepares groups for their passes.</summary>
    public MicroBatch(TaskBatch batch, WeightedGroup[] groups, PolicyForward forward, OffPolicyCorrection correction)
    {
        _correction = correction;
        _forward = forward;
        _groups = groups;
        _isImage = batch.IsImage;
        _prepared = forward.Prepare([.. groups.Select(g => g.Group)]);
        TaskWeight = batch.Weight;
        Denominator = batch.DenominatorOf(groups);
        Mask_BT = Padded(groups.SelectMany(g => g.Group.Tokens.Select(t => Enumerable.Repeat(1f, t.Length).ToArray())));
        Advantage_B = tensor(groups.SelectMany(g => g.Advantages.Select(a => (float)a)).ToArray()).to(forward.Device);
    }

    /// <summary>Factor on the task's loss.</summary>
    public double TaskWeight { get; }

    /// <summary>Denominator of the whole task batch.</summary>
    public LossDenominator Denominator { get; }

    /// <summary>1 on tokens, 0 on padding.</summary>
    public Tensor Mask_BT { get; }

    /// <summary>Weighted advantages.</summary>
    public Tensor Advantage_B { get; }

    /// <summary>Log-probabilities of the policy that made the rollouts; null before <see cref="KeepOld"/>.</summary>
    public Tensor? LogpOld_BT { get; private set; }

    /// <summary>Log-probabilities of the reference, when there is one.</summary>
    public Tensor? LogpRef_BT { get; set; }

    /// <summary>Importance weights; null without a correction and before <see cref="KeepOld"/>.</summary>
    public Tensor? Importance_BT { get; private set; }

    /// <summary>
    /// Fixes logp_old at the first pass: a group made by an older version brings its own, teacher-forced by that version; for the
    /// others the weights are still the ones that made them, so this very pass gives it, and the ratio is exactly 1. With a correction this
    /// pass gives it for all, and importance weights make up for the difference to the law that drew the tokens.
    /// </summary>
    public void KeepOld(Tensor logp_BT)
    {
        if (LogpOld_BT is not null) return;
        using var scope = NewDisposeScope();
        var current_BT = logp_BT.detach().clone();
        if (_correction.Kind != OffPolicy.None)
        {
            (var importance_BT, _importance) = _correction.Weigh(current_BT, Behaviour_BT(), Mask_BT);
            Importance_BT = importance_BT.MoveToOuterDisposeScope().MoveToOuterDisposeScope();
            LogpOld_BT = current_BT.MoveToOuterDisposeScope().MoveToOuterDisposeScope();
            return;
        }

        if (_groups.Any(g => g.Group.LogpOld is not null))
        {
            var brought_BT = Padded(_groups.SelectMany(g => g.Group.LogpOld ?? [.. g.Group.Tokens.Select(t => new float[t.Length])]));
            var isBrought_B1 = tensor(_groups.SelectMany(g => g.Group.Tokens.Select(_ => g.Group.LogpOld is not null)).ToArray())
                .to(_forward.Device)
                .unsqueeze(1);
            current_BT = where(isBrought_B1, brought_BT, current_BT);
        }

        LogpOld_BT = current_BT.MoveToOuterDisposeScope().MoveToOuterDisposeScope();
    }

    /// <summary>One pass through the model.</summary>
    public (Tensor Logp_BT, Tensor Entropy_BT) LogProbs() => _forward.LogProbs(_prepared);

    /// <summary>Adds the diagnostics of one update, for all groups and for the task.</summary>
    public void Measure(MetricReducer metrics, PairGrpoMetrics measured, Tensor logp_BT, Tensor entropy_BT, bool isFirst)
    {
        using var untracked = no_grad();
        foreach (var prefix in new[] { "", BatchMetrics.Prefix(_isImage) })
        {
            metrics.Mean(prefix + "clip_frac", measured.Clipped / measured.Tokens, measured.Tokens);
            metrics.Mean(prefix + "kl", (measured.KlReference ?? measured.KlOld) / measured.Tokens, measured.Tokens);
            if (!isFirst) continue;
            metrics.Mean(prefix + "entropy", (entropy_BT * Mask_BT).sum().ToDouble() / measured.Tokens, measured.Tokens);
            if (KlSampler(logp_BT) is { } kl) metrics.Mean(prefix + "kl/sampler", kl / measured.Tokens, measured.Tokens);
            if (_importance is { } importance)
            {
                metrics.Mean(prefix + "off_policy/ratio/mean", importance.Ratio / measured.Tokens, measured.Tokens);
                metrics.Max(prefix + "off_policy/ratio/max", importance.RatioMax);
                metrics.Mean(prefix + "off_policy/filtered_frac", importance.Filtered / measured.Tokens, measured.Tokens);
                metrics.Mean(prefix + "off_policy/kl", importance.Kl / measured.Tokens, measured.Tokens);
            }

            if (SamplerGap() is { } gap) metrics.Max(prefix + "logp/sampler_gap/max", gap);
        }
    }

    // k3 of KL(sampler, policy): samples are the sampler's, r = policy / sampler, r - 1 - log r.
    private double? KlSampler(Tensor logp_BT)
    {
        if (_groups.Any(g => g.Group.LogpSampler is null)) return null;
        var difference_BT = logp_BT - Padded(_groups.SelectMany(g => g.Group.LogpSampler!));
        return ((difference_BT.expm1() - difference_BT) * Mask_BT).sum().ToDouble();
    }

    // The largest disagreement between the sampler's conditional log-probabilities and logp_old: rounding only, or something is wrong.
    private double? SamplerGap()
    {
        if (_groups.Any(g => g.Group.LogpConditional is null)) return null;
        var gap_BT = (LogpOld_BT! - Padded(_groups.SelectMany(g => g.Group.LogpConditional!))).abs();
        return (gap_BT * Mask_BT).max().ToDouble();
    }

    private Tensor Behaviour_BT() => Padded(_groups.SelectMany(g => g.Group.LogpConditional ?? g.Group.LogpOld
        ?? throw new ArgumentException("An off-policy correction needs the log-probabilities that the samples were drawn with.")));

    private Tensor Padded(IEnumerable<float[]> rows)
    {
        float[][] all = [.. rows];
        var width = all.Max(r => r.Length);
        var flat = new float[all.Length * width];
        for (var i = 0; i < all.Length; i++) all[i].CopyTo(flat, i * width);
        return tensor(flat, all.Length, width).to(_forward.Device);
    }
}
