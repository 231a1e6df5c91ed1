namespace PairUni.Contracts;

/// <summary>What a person wants of a submitted run.</summary>
public enum RunWish
{
    /// <summary>It should go on.</summary>
    Run = 0,

    /// <summary>No group is handed out; what is under way is finished.</summary>
    Pause = 1,

    /// <summary>It should end after the step under way, saved.</summary>
    Stop = 2,
}
