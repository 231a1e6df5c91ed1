using PairUni.Data.Shapes;
using PairUni.Modeling.Images;

namespace PairUni.Learner.Pretraining;

/// <summary>Training combinations of the shapes world.</summary>
public sealed class ShapesPretrainingData(ulong seed) : IPretrainingData
{
    private readonly ShapeExamples _examples = new(seed);

    /// <inheritdoc/>
    public (string Caption, RgbImage Image) Drawing(long index)
    {
        var example = _examples.At(index);
        return (example.Record.Prompt, example.Image);
    }

    /// <inheritdoc/>
    public (RgbImage Image, string Question, string Answer) Question(long index)
    {
        var example = _examples.At(index);
        return (example.Image, example.Question.Text, example.Question.Answer);
    }
}
