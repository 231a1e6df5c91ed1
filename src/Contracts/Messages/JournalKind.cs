namespace PairUni.Contracts;

/// <summary>What happened to a group, a worker or a version.</summary>
public enum JournalKind
{
    /// <summary>The run opened a group.</summary>
    Planned,

    /// <summary>A worker leased it.</summary>
    Claimed,

    /// <summary>A worker generated it.</summary>
    Generated,

    /// <summary>Its rewards are known, or the reason why not.</summary>
    Scored,

    /// <summary>The learner answered an offer; the reason is the answer.</summary>
    Offered,

    /// <summary>It was part of a training step; the version is the one made by the step.</summary>
    Trained,

    /// <summary>It will not be trained, for the reason given.</summary>
    Dropped,

    /// <summary>A version can be fetched.</summary>
    Published,

    /// <summary>A version is in a checkpoint: the learner never goes back behind it.</summary>
    Committed,

    /// <summary>A worker holds a version and has verified it; written before it makes anything with it.</summary>
    Verified,

    /// <summary>A worker could not get or verify a version, for the reason given, and makes nothing with it.</summary>
    Rejected,

    /// <summary>A worker asked for work for the first time, or again after it left.</summary>
    Joined,

    /// <summary>A worker left, or its lease ran out.</summary>
    Left,

    /// <summary>The learner went on from a version; what it had trained after that one is void.</summary>
    Restored,

    /// <summary>The run gives a worker no work for a while, for the reason given.</summary>
    SetAside,
}
