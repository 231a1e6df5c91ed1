namespace PairUni.Data;

/// <summary>Says in one sentence what is wrong with a data file, where (file and line) and what to do.</summary>
public sealed class DataFileException : Exception
{
    /// <summary>Takes the sentence that a user reads.</summary>
    public DataFileException(string sentence) : base(sentence) { }

    /// <summary>Takes the sentence and the fault behind it.</summary>
    public DataFileException(string sentence, Exception inner) : base(sentence, inner) { }
}
