namespace PairUni.Cli.Chaos;

/// <summary>What may happen to a cluster.</summary>
internal enum FaultKind
{
    /// <summary>SIGKILL; another process takes the silo's place.</summary>
    Kill,

    /// <summary>SIGKILL of the silo in which the learner is at that moment, whichever it is; another process takes its place.</summary>
    KillLearner,

    /// <summary>SIGSTOP, and SIGCONT at the end.</summary>
    Pause,

    /// <summary>SIGTERM: it drains and leaves; another process takes its place.</summary>
    Terminate,

    /// <summary>A silo more; it is asked to leave at the end.</summary>
    Join,

    /// <summary>Redis ends and comes back with its data.</summary>
    RestartRedis,

    /// <summary>Redis stands still; connections to it stay open.</summary>
    PauseRedis,

    /// <summary>The silo's connections to Redis are reset.</summary>
    CutRedis,

    /// <summary>The silo's connections to Redis carry nothing.</summary>
    StallRedis,

    /// <summary>Connections from other silos to this one are reset.</summary>
    CutSilo,

    /// <summary>Connections from other silos to this one carry nothing.</summary>
    StallSilo,

    /// <summary>Checkpoints find no space.</summary>
    FullDisk,
}
