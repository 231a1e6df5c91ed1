namespace PairUni.Cli;

/// <summary>What the process ends with.</summary>
internal static class ExitCode
{
    public const int Done = 0;

    /// <summary>The command ran and something went wrong, or what it checked does not hold.</summary>
    public const int Failed = 1;

    /// <summary>Wrong usage or bad input.</summary>
    public const int Usage = 2;

    /// <summary>Ctrl-C: saved and left (128 + SIGINT, as shells have it).</summary>
    public const int Interrupted = 130;
}
