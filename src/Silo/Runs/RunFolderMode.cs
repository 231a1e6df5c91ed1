namespace PairUni.Silo;

/// <summary>What to do when a run's folder exists.</summary>
public enum RunFolderMode
{
    /// <summary>Refuse.</summary>
    New,

    /// <summary>Go on from its last checkpoint; refuse when there is no such run.</summary>
    Resume,

    /// <summary>Delete it and begin again.</summary>
    Overwrite,
}
