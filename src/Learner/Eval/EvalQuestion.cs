using PairUni.Modeling.Images;

namespace PairUni.Learner.Eval;

/// <summary>A held-out question about an image.</summary>
/// <param name="Tag">Kind of question.</param>
/// <param name="Image">What is asked about.</param>
/// <param name="Question">The question with its lettered options.</param>
/// <param name="Answer">The right answer.</param>
public sealed record EvalQuestion(string Tag, RgbImage Image, string Question, string Answer);
