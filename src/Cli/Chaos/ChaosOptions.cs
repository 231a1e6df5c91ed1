namespace PairUni.Cli.Chaos;

/// <summary>One chaos run.</summary>
internal sealed record ChaosOptions
{
    /// <summary>Everything that happens follows from it.</summary>
    public required int Seed { get; init; }

    /// <summary>How long faults go on.</summary>
    public required TimeSpan Length { get; init; }

    /// <summary>The silos.</summary>
    public required FleetPlan Fleet { get; init; }

    /// <summary>How hard it is.</summary>
    public FaultBounds Bounds { get; init; } = new();

    /// <summary>Steps of the run; null for one that goes on until the faults are over and is then stopped.</summary>
    public int? Steps { get; init; }

    /// <summary>Versions that a group may be old; above 0 the metrics are not compared, for then they depend on who was faster.</summary>
    public int MaxLag { get; init; }

    /// <summary>Whether dead silos are noticed in seconds.</summary>
    public bool Tuned { get; init; } = true;

    /// <summary>Time after which an undelivered group is given to another worker.</summary>
    public TimeSpan Lease { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>Longest time without a new version, outages included: a run that takes longer hangs.</summary>
    public TimeSpan HangLimit { get; init; } = TimeSpan.FromSeconds(90);
}
