namespace PairUni.Cli.Bench.Actors;

/// <summary>What one pair of silos measured.</summary>
/// <param name="MedianMicroseconds">One caller's calls; 0 where only the death was measured.</param>
/// <param name="CallsPerSecond">Of all callers together; 0 where only the death was measured.</param>
/// <param name="DeadSeconds">From the kill to the declaration of death.</param>
internal sealed record ActorsMeasured(double MedianMicroseconds, double CallsPerSecond, double DeadSeconds);
