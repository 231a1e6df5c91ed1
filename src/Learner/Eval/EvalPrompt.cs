using PairUni.Data.Shapes;

namespace PairUni.Learner.Eval;

/// <summary>A held-out prompt with what an image of it must show.</summary>
/// <param name="Record">Tag, prompt and clauses.</param>
public sealed record EvalPrompt(GenEvalRecord Record);
