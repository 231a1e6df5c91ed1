namespace PairUni.Data.Augmentation;

/// <summary>Says in one sentence why an annotator gave no answer.</summary>
public sealed class AnnotatorException : Exception
{
    /// <summary>Takes the kind, and the sentence that a user reads.</summary>
    public AnnotatorException(AnnotatorFault fault, string sentence) : base(sentence) => Fault = fault;

    /// <summary>Takes also the fault behind it.</summary>
    public AnnotatorException(AnnotatorFault fault, string sentence, Exception inner) : base(sentence, inner) => Fault = fault;

    public AnnotatorFault Fault { get; }

    /// <summary>How long the annotator asks to be left alone.</summary>
    public TimeSpan? RetryAfter { get; init; }

    /// <summary>The annotator may have done the work, and charge for it.</summary>
    public bool MayBePaid { get; init; }
}
