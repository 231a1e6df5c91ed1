namespace PairUni.Learner.Training;

/// <summary>What a training step measured.</summary>
/// <param name="Step">The step, from 0.</param>
/// <param name="Version">The policy's version after it.</param>
/// <param name="Values">Metric values by name, in ordinal order.</param>
public sealed record StepMetrics(int Step, int Version, IReadOnlyDictionary<string, double> Values);
