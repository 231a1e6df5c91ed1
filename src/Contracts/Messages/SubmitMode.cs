namespace PairUni.Contracts;

/// <summary>What to do when a run of that name exists.</summary>
public enum SubmitMode
{
    /// <summary>Refuse.</summary>
    New = 0,

    /// <summary>Go on from its last checkpoint; refuse when there is no such run.</summary>
    Resume = 1,

    /// <summary>Delete it and begin again; refuse while it goes on.</summary>
    Overwrite = 2,
}
