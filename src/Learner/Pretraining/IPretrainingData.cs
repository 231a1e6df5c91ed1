namespace PairUni.Learner.Pretraining;

/// <summary>Endless training examples; example i is always the same.</summary>
public interface IPretrainingData
{
    /// <summary>Attributes of a cell, such as shape and colour.</summary>
    int Attributes { get; }

    /// <summary>Classes of each attribute, "empty" included, which is the last.</summary>
    int Classes { get; }

    /// <summary>What the classes of each attribute are called in captions and answers, "empty" excluded.</summary>
    IReadOnlyList<IReadOnlyList<string>> Words { get; }

    /// <summary>Grey level of the background, 0..255.</summary>
    byte Background { get; }

    /// <summary>Any image, for the image tokenizer.</summary>
    CellExample Image(long index);

    /// <summary>A caption and an image of it.</summary>
    DrawingExample Drawing(long index);

    /// <summary>A question about an image, all kinds mixed, most of them multiple-choice.</summary>
    AnswerExample Answer(long index);
}
