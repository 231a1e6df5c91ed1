namespace PairUni.Modeling.Images;

/// <summary>Says in one sentence what is wrong with an image file and where it lies.</summary>
public sealed class ImageFileException : Exception
{
    /// <summary>Takes the sentence that a user reads.</summary>
    public ImageFileException(string sentence) : base(sentence) { }

    /// <summary>Takes the sentence and the fault behind it.</summary>
    public ImageFileException(string sentence, Exception inner) : base(sentence, inner) { }
}
