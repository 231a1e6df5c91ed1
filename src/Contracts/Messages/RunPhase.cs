namespace PairUni.Contracts;

/// <summary>Where a run is in its life.</summary>
public enum RunPhase
{
    /// <summary>Nobody started it.</summary>
    Unknown = 0,

    /// <summary>Groups are handed out.</summary>
    Running = 1,

    /// <summary>No new work; the learner ends what it does.</summary>
    Stopping = 2,

    /// <summary>All steps are done.</summary>
    Finished = 3,

    /// <summary>It was stopped before its last step and can be resumed.</summary>
    Stopped = 4,

    /// <summary>It cannot go on; the status has the reason.</summary>
    Failed = 5,
}
