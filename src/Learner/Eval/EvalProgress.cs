namespace PairUni.Learner.Eval;

/// <summary>How far an evaluation is.</summary>
/// <param name="Done">Prompts and questions finished.</param>
/// <param name="Total">Prompts and questions in all.</param>
public readonly record struct EvalProgress(int Done, int Total);
