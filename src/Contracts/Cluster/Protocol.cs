namespace PairUni.Contracts;

/// <summary>The version of what processes of a cluster say to each other; processes of different versions refuse each other.</summary>
public static class Protocol
{
    /// <summary>Raised whenever a message or grain interface changes its meaning.</summary>
    public const int Version = 1;
}
