namespace PairUni.Silo;

/// <summary>What must hold of a run's journal; a finding names the one that is broken.</summary>
public enum JournalRule
{
    /// <summary>What is claimed, accepted, trained or dropped was planned before.</summary>
    PlannedFirst,

    /// <summary>Every group of a step is planned before the step is done.</summary>
    PlannedWhole,

    /// <summary>No group is planned or leased for a step that is further ahead than max_lag allows.</summary>
    NotAhead,

    /// <summary>A group is accepted once, while its step is open.</summary>
    AcceptedOnce,

    /// <summary>What is trained was accepted before.</summary>
    TrainedIfAccepted,

    /// <summary>No group is trained twice.</summary>
    TrainedOnce,

    /// <summary>A group is trained into the version of its own step, which is the next one.</summary>
    TrainedInOrder,

    /// <summary>A group is trained or dropped, never both.</summary>
    TrainedOrDropped,

    /// <summary>What is dropped has a reason.</summary>
    DroppedWithReason,

    /// <summary>When a step is done, each of its groups was trained or dropped.</summary>
    NoneLeftBehind,

    /// <summary>No group is older than max_lag versions when it is trained, and none was made by a version that came later.</summary>
    LagBounded,

    /// <summary>Within an epoch each version follows the one before.</summary>
    VersionsInOrder,

    /// <summary>The learner goes on from a version that exists, and not from before the last that was committed.</summary>
    RestoredFromCommitted,

    /// <summary>A version that is published again has the same weights, unless it was trained again.</summary>
    SameVersionSameWeights,

    /// <summary>A later activation of the learner has a greater epoch, and none writes before it says where it goes on.</summary>
    EpochsInOrder,

    /// <summary>A worker makes groups only with weights that it has verified to be the published ones.</summary>
    VerifiedBeforeUse,
}
