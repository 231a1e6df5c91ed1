namespace PairUni.Data.Shapes;

/// <summary>A multiple-choice question about an image.</summary>
/// <param name="Kind">What is asked: shape, colour, count, position or owner (which shape has the colour).</param>
/// <param name="Text">Question, lettered options and the instruction to answer with one.</param>
/// <param name="Answer">The right letter.</param>
/// <param name="Options">Texts of the options, A first.</param>
public sealed record ShapeQuestion(string Kind, string Text, string Answer, IReadOnlyList<string> Options)
{
    /// <summary>The question alone, without options and instruction.</summary>
    public string Stem => Text[..Text.IndexOf('\n', StringComparison.Ordinal)];

    /// <summary>The right answer in words.</summary>
    public string AnswerText => Options[Answer[0] - 'A'];
}
