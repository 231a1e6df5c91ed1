namespace Orleans.Configuration;

/// <summary>How silos find out that one of them is gone.</summary>
public class ClusterMembershipOptions
{
    /// <summary>So many <see cref="IAmAliveTablePublishTimeout"/> without a sign of life in the table, and a silo is not waited for by one that joins. Default 3.</summary>
    public int NumMissedTableIAmAliveLimit { get; set; } = 3;

    /// <summary>Whether silos declare each other dead. Default true.</summary>
    public bool LivenessEnabled { get; set; } = true;

    /// <summary>How often a silo is probed, and how long an answer may take. Default 5 s.</summary>
    public TimeSpan ProbeTimeout { get; set; } = TimeSpan.FromSeconds(5);

    /// <summary>How often the table is read, besides when it is known to have changed. Default 1 min.</summary>
    public TimeSpan TableRefreshTimeout { get; set; } = TimeSpan.FromSeconds(60);

    /// <summary>How long a suspicion counts. Default 2 min.</summary>
    public TimeSpan DeathVoteExpirationTimeout { get; set; } = TimeSpan.FromMinutes(2);

    /// <summary>How often a silo writes a sign of life into the table. Default 30 s.</summary>
    public TimeSpan IAmAliveTablePublishTimeout { get; set; } = TimeSpan.FromSeconds(30);

    /// <summary>How long joining may take. Default 5 min.</summary>
    public TimeSpan MaxJoinAttemptTime { get; set; } = TimeSpan.FromMinutes(5);

    /// <summary>Whether silos tell each other of changes of the table. Default true.</summary>
    public bool UseLivenessGossip { get; set; } = true;

    /// <summary>How many others each silo probes. Default 10.</summary>
    public int NumProbedSilos { get; set; } = 10;

    /// <summary>So many probes without an answer, one after the other, and a silo is suspected. Default 3.</summary>
    public int NumMissedProbesLimit { get; set; } = 3;

    /// <summary>So many suspicions (or of half of the silos) and a silo is dead. Default 2.</summary>
    public int NumVotesForDeathDeclaration { get; set; } = 2;

    /// <summary>How long dead silos stay in the table. Default 7 days.</summary>
    public TimeSpan DefunctSiloExpiration { get; set; } = TimeSpan.FromDays(7);

    /// <summary>How often dead silos are removed from it; null: never. Default 1 h.</summary>
    public TimeSpan? DefunctSiloCleanupPeriod { get; set; } = TimeSpan.FromHours(1);
}
