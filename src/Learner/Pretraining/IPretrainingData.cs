namespace PairUni.Learner.Pretraining;

/// <summary>Endless training examples; example i is always the same.</summary>
public interface IPretrainingData
{
    /// <summary>Attributes of a cell, such as shape and colour.</summary>
    int Attributes { get; }

    /// <summary>Classes of each attribute, "empty" included.</summary>
    int Classes { get; }

    /// <summary>Grey level of the background, 0..255.</summary>
    byte Background { get; }

    /// <summary>Any image, for the image tokenizer.</summary>
    CellExample Image(long index);

    /// <summary>A caption and an image of it.</summary>
    DrawingExample Drawing(long index);

    /// <summary>A question about an image that a description or a word answers, for a model that must learn to see first.</summary>
    AnswerExample Sight(long index);

    /// <summary>A question without an image whose answer is in its text, for a model that must learn to look letters up.</summary>
    (string Question, string Answer) LookUp(long index);

    /// <summary>A question about an image, all kinds mixed, most of them multiple-choice.</summary>
    AnswerExample Answer(long index);
}
