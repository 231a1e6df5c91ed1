using PairUni.Cli.Chaos;

namespace PairUni.Cli.Bench;

/// <summary>What bench recovery does.</summary>
internal sealed record RecoveryBenchOptions
{
    /// <summary>How workers are taken away: killed or stopped.</summary>
    public required ProcessSignal Signal { get; init; }

    /// <summary>How often.</summary>
    public required int Times { get; init; }

    /// <summary>Whether silos probe each other every second.</summary>
    public required bool Tuned { get; init; }

    /// <summary>The run's rollout.lease_seconds.</summary>
    public required TimeSpan Lease { get; init; }
}
