namespace PairUni.Cli.Chaos;

/// <summary>How the silos of a fleet are started.</summary>
internal sealed record FleetSettings
{
    /// <summary>The secret that they share.</summary>
    public required string Token { get; init; }

    /// <summary>Whether they notice each other's death in seconds instead of in a quarter of a minute.</summary>
    public bool Tuned { get; init; } = true;

    /// <summary>Rollout workers in each silo that has the role.</summary>
    public int Devices { get; init; } = 1;

    /// <summary>How long a silo may take to drain.</summary>
    public TimeSpan Grace { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>Time beyond <see cref="Grace"/> after which a silo that was asked to leave should be gone: its grains end, its files are closed.</summary>
    public TimeSpan Leaving { get; init; } = TimeSpan.FromSeconds(30);
}
