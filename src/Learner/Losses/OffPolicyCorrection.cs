using PairUni.Algorithms;
using TorchSharp;
using static TorchSharp.torch;

namespace PairUni.Learner.Losses;

// B sequences, T tokens (padded)

/// <summary>
/// Importance weights w = pi_prox / pi_behaviour of sampled tokens, where pi_prox is the policy just before the update and pi_behaviour the one
/// that drew them; the clipped ratio is then taken to pi_prox. They multiply the policy-gradient loss and carry no gradient.
/// </summary>
/// <remarks>Sources: AReaL (decoupled PPO), TRL (truncated importance sampling), IcePop (masked).</remarks>
public sealed record OffPolicyCorrection
{
    public OffPolicy Kind { get; init; } = OffPolicy.None;

    public RatioLevel Level { get; init; } = RatioLevel.Token;

    /// <summary>Largest weight, above 0.</summary>
    public double Cap { get; init; } = 5;

    /// <summary>Smallest weight that <see cref="OffPolicy.Mis"/> lets through.</summary>
    public double Floor { get; init; } = 0.5;

    /// <summary>The weights of a micro-batch and what they were before any bound.</summary>
    /// <param name="logpProx_BT">Log-probabilities just before the update.</param>
    /// <param name="logpBehaviour_BT">The same under the law that drew the tokens.</param>
    /// <param name="mask_BT">1 for tokens, 0 for padding; floating point.</param>
    public (Tensor Weight_BT, OffPolicyMetrics Metrics) Weigh(Tensor logpProx_BT, Tensor logpBehaviour_BT, Tensor mask_BT)
    {
        using var untracked = no_grad();
        var difference_BT = (logpProx_BT - logpBehaviour_BT) * mask_BT;
        var ratio_BT = Aggregate(difference_BT, mask_BT).exp();
        var kept_BT = Kind == OffPolicy.Mis ? ratio_BT.ge(Floor).logical_and(ratio_BT.le(Cap)) : ratio_BT.le(Cap);
        var weight_BT = Kind == OffPolicy.Tis ? ratio_BT.clamp_max(Cap) : where(kept_BT, ratio_BT, zeros_like(ratio_BT));
        // k3 of KL(behaviour, prox): the samples are the behaviour's.
        var kl = ((difference_BT.expm1() - difference_BT) * mask_BT).sum().ToDouble();
        return (weight_BT, new(
            (ratio_BT * mask_BT).sum().ToDouble(),
            (ratio_BT * mask_BT).max().ToDouble(),
            (kept_BT.logical_not().to_type(mask_BT.dtype) * mask_BT).sum().ToDouble(),
            kl));
    }

    private Tensor Aggregate(Tensor difference_BT, Tensor mask_BT) => Level switch
    {
        RatioLevel.Token => difference_BT,
        RatioLevel.Sequence => difference_BT.sum(1, keepdim: true).expand_as(difference_BT),
        RatioLevel.Geometric => (difference_BT.sum(1, keepdim: true) / mask_BT.sum(1, keepdim: true).clamp_min(1)).expand_as(difference_BT),
        _ => throw new InvalidOperationException($"Unknown level {Level}."),
    };
}
