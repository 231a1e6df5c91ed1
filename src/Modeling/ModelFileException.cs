namespace PairUni.Modeling;

/// <summary>Says in one sentence what is wrong with a model, tokenizer or weights file, where, and what to do.</summary>
public sealed class ModelFileException : Exception
{
    /// <summary>Takes the sentence that a user reads.</summary>
    public ModelFileException(string sentence) : base(sentence) { }

    /// <summary>Takes the sentence and the fault behind it.</summary>
    public ModelFileException(string sentence, Exception inner) : base(sentence, inner) { }
}
