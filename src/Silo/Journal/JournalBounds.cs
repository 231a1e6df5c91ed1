namespace PairUni.Silo;

/// <summary>What the run's options promise; what is not known is not checked.</summary>
public sealed record JournalBounds
{
    /// <summary>max_lag, in versions.</summary>
    public int? MaxLag { get; init; }

    /// <summary>Groups of each step.</summary>
    public int? GroupsPerStep { get; init; }
}
