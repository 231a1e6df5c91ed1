namespace PairUni.Data.Augmentation;

/// <summary>How an inquiry ended that was, or may have been, paid for.</summary>
public enum AnswerOutcome
{
    /// <summary>The annotator answered.</summary>
    Given,

    /// <summary>The annotator declined; the text says why.</summary>
    Refused,

    /// <summary>The answer reached the most tokens allowed, or was stopped.</summary>
    CutShort,

    /// <summary>The connection was cut or the time ran out; whether it is on the bill is unknown.</summary>
    Lost,
}
