namespace PairUni.Silo;

/// <summary>One thing that must hold before a silo takes work.</summary>
public interface IReadinessCheck
{
    /// <summary>Why the silo is not ready, in one sentence; nothing when it is. Ends within the token's bound.</summary>
    ValueTask<string?> Obstacle(CancellationToken cancellationToken);
}
