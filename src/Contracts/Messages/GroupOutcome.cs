namespace PairUni.Contracts;

/// <summary>How a planned group ended up.</summary>
public enum GroupOutcome
{
    /// <summary>The learner holds it.</summary>
    Accepted = 0,

    /// <summary>It will not be trained, for a recorded reason.</summary>
    Dropped = 1,
}
