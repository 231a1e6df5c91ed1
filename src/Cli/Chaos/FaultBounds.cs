namespace PairUni.Cli.Chaos;

/// <summary>How hard a schedule may be.</summary>
internal sealed record FaultBounds
{
    /// <summary>Faults begun in two minutes, at least; longer schedules have more.</summary>
    public int FaultsInTwoMinutes { get; init; } = 24;

    /// <summary>Longest time in which no progress is possible.</summary>
    public TimeSpan MaxOutage { get; init; } = TimeSpan.FromSeconds(15);

    /// <summary>Shortest time between two such outages.</summary>
    public TimeSpan MinRespite { get; init; } = TimeSpan.FromSeconds(4);

    /// <summary>What a silo needs after its fault is over until it counts as well again: its process starts and joins.</summary>
    public TimeSpan SiloRecovery { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>What the cluster needs after Redis is back.</summary>
    public TimeSpan RedisRecovery { get; init; } = TimeSpan.FromSeconds(2);

    /// <summary>Time at the end in which no fault begins or lasts.</summary>
    public TimeSpan QuietEnd { get; init; } = TimeSpan.FromSeconds(8);

    /// <summary>The kinds that may happen, each with its shortest and longest duration in seconds.</summary>
    public IReadOnlyDictionary<FaultKind, (double Shortest, double Longest)> Kinds { get; init; } = new Dictionary<FaultKind, (double, double)>
    {
        [FaultKind.Kill] = (0.2, 2),
        [FaultKind.KillLearner] = (0.2, 2),
        [FaultKind.Pause] = (1, 9),
        [FaultKind.Terminate] = (0.2, 2),
        [FaultKind.Join] = (6, 15),
        [FaultKind.RestartRedis] = (0.2, 5),
        [FaultKind.PauseRedis] = (1, 5),
        [FaultKind.CutRedis] = (0.5, 6),
        [FaultKind.StallRedis] = (0.5, 6),
        [FaultKind.CutSilo] = (0.5, 6),
        [FaultKind.StallSilo] = (0.5, 6),
        [FaultKind.FullDisk] = (1, 6),
    };
}
