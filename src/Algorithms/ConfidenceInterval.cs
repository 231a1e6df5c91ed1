namespace PairUni.Algorithms;

/// <summary>An estimate with the ends of its confidence interval.</summary>
public readonly record struct ConfidenceInterval(double Mean, double Low, double High);
