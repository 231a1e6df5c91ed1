namespace PairUni.Data.Augmentation;

/// <summary>An answer as it came.</summary>
/// <param name="Outcome">Never <see cref="AnswerOutcome.Lost"/>.</param>
/// <param name="Text">The answer, JSON as <see cref="AnswerSchemas"/> has it when it is well formed; or the refusal's words.</param>
/// <param name="Tokens">What it used; null when the annotator does not say.</param>
/// <param name="ServedBy">What answered, by its own account.</param>
public sealed record AnnotatorAnswer(AnswerOutcome Outcome, string Text, TokenCount? Tokens, string ServedBy = "");
