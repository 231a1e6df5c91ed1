namespace PairUni.Learner.Pretraining;

/// <summary>A labelled image, something asked about it, and the answer.</summary>
/// <param name="Cells">The image and its labels.</param>
/// <param name="Question">The user's text.</param>
/// <param name="Answer">The assistant's text.</param>
public sealed record AnswerExample(CellExample Cells, string Question, string Answer);
