using PairUni.Modeling.Images;

namespace PairUni.Learner.Pretraining;

/// <summary>Endless examples; example i is always the same.</summary>
public interface IPretrainingData
{
    /// <summary>A caption and an image of it.</summary>
    (string Caption, RgbImage Image) Drawing(long index);

    /// <summary>An image, a question about it, and the answer.</summary>
    (RgbImage Image, string Question, string Answer) Question(long index);
}
