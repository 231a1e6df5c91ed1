namespace PairUni.Cli.Chaos;

/// <summary>The signals that one process may send another; the values are Linux's.</summary>
internal enum ProcessSignal
{
    /// <summary>SIGKILL: nothing of the process runs any more.</summary>
    Kill = 9,

    /// <summary>SIGTERM: it is asked to leave.</summary>
    Terminate = 15,

    /// <summary>SIGCONT: goes on after <see cref="Stop"/>.</summary>
    Continue = 18,

    /// <summary>SIGSTOP: stands still, its connections stay open.</summary>
    Stop = 19,
}
