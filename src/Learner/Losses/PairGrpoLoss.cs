using TorchSharp;
using static TorchSharp.torch;

namespace PairUni.Learner.Losses;

// B sequences, T tokens (padded)

/// <summary>
/// The clipped policy-gradient loss of GRPO with PairUni's pair-weighted advantages.
/// </summary>
/// <remarks>
/// Per token, with r = exp(logp - logp_old) and d = logp_ref - logp:
/// <c>-min(min(r, delta) A, clip(r, 1 - low, 1 + high) A) + kl_coef (e^d - d - 1)</c>.
/// The first term is multiplied by the importance weight where there is one (<see cref="OffPolicyCorrection"/>).
/// Masked, multiplied by the denominator's weight of the sequence, and summed.
/// Sources: Shao et al. 2024 (GRPO), Schulman 2020 (k3), Yu et al. 2025 (DAPO), Liu et al. 2025 (Dr. GRPO); A already carries the
/// pair's weight.
/// </remarks>
public static class PairGrpoLoss
{
    /// <summary>The loss of one micro-batch of one task, a 0-dim tensor, and its diagnostics.</summary>
    /// <param name="logp_BT">Log-probabilities under the policy being trained; carries the gradient.</param>
    /// <param name="logpOld_BT">The same under the policy that made the rollouts; no gradient.</param>
    /// <param name="logpRef_BT">The same under the reference; needed when the KL coefficient is above 0.</param>
    /// <param name="advantage_B">Standardised advantages times pair weight.</param>
    /// <param name="mask_BT">1 for tokens of the completion, 0 for padding; floating point.</param>
    /// <param name="options">Clip bounds and KL coefficient.</param>
    /// <param name="denominator">What the sum is divided by.</param>
    /// <param name="importance_BT">Importance weights without gradient; null for 1.</param>
    public static (Tensor Loss, PairGrpoMetrics Metrics) Compute(
        Tensor logp_BT,
        Tensor logpOld_BT,
        Tensor? logpRef_BT,
        Tensor advantage_B,
        Tensor mask_BT,
        PairGrpoOptions options,
        LossDenominator denominator,
        Tensor? importance_BT = null)
    {
        if (options.KlCoef > 0 && logpRef_BT is null)
            throw new ArgumentException("A KL coefficient above 0 needs the reference's log-probabilities.", nameof(logpRef_BT));

        var advantage_B1 = advantage_B.unsqueeze(1);
        var ratio_BT = (logp_BT - logpOld_BT).exp();
        var bounded_BT = options.Delta is { } delta ? ratio_BT.clamp_max(delta) : ratio_BT;
        var clipped_BT = ratio_BT.clamp(1 - options.ClipLow, 1 + options.ClipHigh);
        var loss_BT = minimum(bounded_BT * advantage_B1, clipped_BT * advantage_B1).neg();

        if (importance_BT is not null) loss_BT = loss_BT * importance_BT;

        Tensor? kl_BT = null;
        if (logpRef_BT is not null)
        {
            kl_BT = K3(logpRef_BT - logp_BT);
            if (options.KlCoef > 0) loss_BT = loss_BT + (kl_BT * options.KlCoef);
        }

        var weight_B1 = denominator.Weight(mask_BT.sum(1)).unsqueeze(1);
        var loss = (loss_BT * mask_BT * weight_B1).sum();

        using var untracked = no_grad();
        var high_BT = ratio_BT.gt(1 + options.ClipHigh).logical_and(advantage_B1.gt(0));
        var low_BT = ratio_BT.lt(1 - options.ClipLow).logical_and(advantage_B1.lt(0));
        return (loss, new(
            mask_BT.sum().ToDouble(),
            (high_BT.logical_or(low_BT).to_type(mask_BT.dtype) * mask_BT).sum().ToDouble(),
            (K3(logpOld_BT - logp_BT) * mask_BT).sum().ToDouble(),
            kl_BT is null ? null : (kl_BT * mask_BT).sum().ToDouble()));
    }

    private static Tensor K3(Tensor difference) => difference.expm1() - difference;
}
