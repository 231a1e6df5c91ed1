namespace PairUni.Contracts;

/// <summary>What the learner did with an offered group.</summary>
public enum OfferOutcome
{
    /// <summary>It will be trained, and is stored.</summary>
    Accepted = 0,

    /// <summary>The group is there already, or was trained, or was dropped.</summary>
    Duplicate = 1,

    /// <summary>Its weights are too old, or its step is not one that the learner collects.</summary>
    Stale = 2,

    /// <summary>It could not be scored and is recorded as dropped.</summary>
    Failed = 3,

    /// <summary>The learner is still loading; offer again.</summary>
    NotReady = 4,
}
