namespace PairUni.Learner.Losses;

/// <summary>Sums over the unmasked tokens of one micro-batch; divide by <paramref name="Tokens"/> for means.</summary>
/// <param name="Tokens">Unmasked tokens.</param>
/// <param name="Clipped">Tokens whose gradient the clip removed.</param>
/// <param name="KlOld">k3 estimate of KL(policy, rollout policy), nats.</param>
/// <param name="KlReference">k3 estimate of KL(policy, reference), nats; null without a reference.</param>
public sealed record PairGrpoMetrics(double Tokens, double Clipped, double KlOld, double? KlReference);
