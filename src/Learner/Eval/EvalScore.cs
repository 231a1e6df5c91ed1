namespace PairUni.Learner.Eval;

/// <summary>A mean in 0..1 with its 95 % bootstrap interval.</summary>
/// <param name="Tag">What it is the mean of: single_object, counting, ... or overall.</param>
/// <param name="Mean">Mean score, 0..1.</param>
/// <param name="Low">Lower end of the interval.</param>
/// <param name="High">Upper end of the interval.</param>
/// <param name="Count">Images or answers it is the mean of.</param>
public sealed record EvalScore(string Tag, double Mean, double Low, double High, int Count);
