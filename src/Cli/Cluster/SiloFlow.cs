using PairUni.Cli.Output;
using PairUni.Cli.Training;
using PairUni.Silo;

namespace PairUni.Cli.Cluster;

/// <summary>A silo from its start to its end: join, work until somebody sends it away, finish or hand back, leave.</summary>
internal sealed class SiloFlow(CliContext context, SiloSettings settings)
{
    private readonly RunConsole _console = new(context);

    /// <returns>The exit code.</returns>
    public async Task<int> Run()
    {
        using var signals = new StopSignals();
        using var joining = new CancellationTokenSource();
        _ = signals.Requested.ContinueWith(_ => joining.Cancel(), TaskScheduler.Default);
        var start = context.Time.GetTimestamp();
        await using var silo = await Join(signals, joining.Token);
        if (silo is null)
        {
            _console.Line("left before it had joined");
            return ExitCode.Done;
        }

        var entry = silo.Entry;
        _console.Line($"silo {entry.Name} ({string.Join(", ", entry.Roles)}) in cluster {settings.Cluster} on {entry.Engine}");
        _console.Line($"silos {entry.Address}, http {entry.Http}, {entry.Devices} workers; joined after {context.Time.GetElapsedTime(start).TotalSeconds:0.0} s");
        var cause = await Task.WhenAny(signals.Requested, silo.Dismissed, silo.Ended);
        if (cause == silo.Ended)
        {
            context.Error.WriteLine("pairuni: the cluster counts this silo as dead; start it again");
            return ExitCode.Failed;
        }

        _console.Line($"leaving: finishing or handing back what is at hand, at most {settings.Grace.TotalSeconds:0} s; a second signal ends it at once");
        await silo.Leave();
        _console.Line("left");
        return ExitCode.Done;
    }

    // Nothing when it was told to leave meanwhile.
    private async Task<ClusterSilo?> Join(StopSignals signals, CancellationToken cancellationToken)
    {
        try
        {
            return await ClusterSilo.Start(settings, new ClusterOutputs(_console, context.Time), context.Time, cancellationToken);
        }
        catch (OperationCanceledException) when (signals.Requested.IsCompleted)
        {
            return null;
        }
    }
}
