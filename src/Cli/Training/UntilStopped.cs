namespace PairUni.Cli.Training;

/// <summary>Runs what must tidy up when Ctrl-C or SIGTERM ends it, such as processes that it started.</summary>
internal static class UntilStopped
{
    /// <summary>Runs a command; the first signal cancels it, the second ends the process.</summary>
    public static async Task<int> Run(Func<CancellationToken, Task<int>> command)
    {
        using var signals = new StopSignals();
        using var stop = new CancellationTokenSource();
        using var over = new CancellationTokenSource();
        var cancelling = Cancel(signals.Requested.WaitAsync(over.Token), stop);
        try
        {
            return await command(stop.Token);
        }
        finally
        {
            await over.CancelAsync();
            await cancelling;
        }
    }

    private static async Task Cancel(Task requested, CancellationTokenSource stop)
    {
        try
        {
            await requested;
            await stop.CancelAsync();
        }
        catch (OperationCanceledException)
        {
            // The command ended by itself.
        }
    }
}
