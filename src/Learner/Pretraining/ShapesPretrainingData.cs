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
        var (record, image) = _examples.Drawing(index);
        return (record.Prompt, image);
    }

    /// <inheritdoc/>
    public (RgbImage Image, string Question, string Answer) Question(long index)
    {
        var (image, question) = _examples.Question(index);
        return (image, question.Text, question.Answer);
    }
}
