namespace PairUni.Learner.Losses;

/// <summary>Sums over the unmasked tokens of one micro-batch, of importance weights before any bound.</summary>
/// <param name="Ratio">Sum of weights; their mean is near 1 while the two laws are near each other.</param>
/// <param name="RatioMax">Largest weight.</param>
/// <param name="Filtered">Tokens whose weight was cut or that were masked.</param>
/// <param name="Kl">k3 estimate of KL(behaviour, policy before the update), nats.</param>
public sealed record OffPolicyMetrics(double Ratio, double RatioMax, double Filtered, double Kl);
