namespace PairUni.Data.Augmentation;

/// <summary>How far a sample is.</summary>
public enum SampleState
{
    /// <summary>Nothing was decided: the run stopped before.</summary>
    Open,

    /// <summary>It had everything before.</summary>
    WasComplete,

    /// <summary>It was completed, and the check found nothing.</summary>
    Completed,

    /// <summary>What the annotator wrote is not used.</summary>
    Rejected,

    /// <summary>The annotator could not be asked often enough.</summary>
    GivenUp,
}
