namespace PairUni.Learner.Pretraining;

/// <summary>One finished update.</summary>
/// <param name="Step">Updates done.</param>
/// <param name="Steps">Updates in all.</param>
/// <param name="Values">Losses and rates by name.</param>
public sealed record PretrainingProgress(int Step, int Steps, IReadOnlyDictionary<string, double> Values);
