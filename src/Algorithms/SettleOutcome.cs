namespace PairUni.Algorithms;

/// <summary>What became of reporting a piece of work as settled.</summary>
public enum SettleOutcome
{
    /// <summary>Settled now, by this call alone.</summary>
    Settled,

    /// <summary>It was settled before; nothing changed.</summary>
    AlreadySettled,

    /// <summary>Never planned, or of a step that is forgotten.</summary>
    Unknown,
}
