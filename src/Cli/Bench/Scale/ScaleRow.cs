namespace PairUni.Cli.Bench.Scale;

/// <summary>How near a number of workers comes to the ideal.</summary>
/// <param name="Workers">Workers, spread over the processes.</param>
/// <param name="GroupSeconds">Time of one group at a worker.</param>
/// <param name="GroupsPerSecond">Groups that the learner accepted.</param>
/// <param name="CpuMicroseconds">Processor time of all processes for one group.</param>
/// <param name="Findings">Rules of the journal that do not hold.</param>
internal sealed record ScaleRow(int Workers, double GroupSeconds, double GroupsPerSecond, double CpuMicroseconds, int Findings)
{
    /// <summary>Groups a second if nothing but the engines took time.</summary>
    public double Ideal => Workers / GroupSeconds;

    /// <summary>Share of the ideal.</summary>
    public double Share => GroupsPerSecond / Ideal;

    /// <summary>Time beside the engine's that a worker spends on a group: claim, score, offer, waiting for work.</summary>
    public double OverheadMilliseconds => ((Workers / GroupsPerSecond) - GroupSeconds) * 1000;
}
