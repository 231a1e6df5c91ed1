namespace PairUni.Data.Augmentation;

/// <summary>Why there is no answer, hence what to do.</summary>
public enum AnnotatorFault
{
    /// <summary>Asking anybody anything is pointless: wrong key, wrong address, no money left. Everything stops.</summary>
    Fatal,

    /// <summary>Nobody is there: fatal until the first answer has come, passing afterwards.</summary>
    Unreachable,

    /// <summary>Too many requests, a failing server: ask again later.</summary>
    Passing,

    /// <summary>This inquiry is not accepted and never will be.</summary>
    Unacceptable,
}
