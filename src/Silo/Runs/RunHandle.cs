using Microsoft.Extensions.Hosting;
using PairUni.Contracts;

namespace PairUni.Silo;

/// <summary>A run that goes on in this process.</summary>
public sealed class RunHandle : IAsyncDisposable
{
    private static readonly TimeSpan StopLimit = TimeSpan.FromMinutes(2);
    private static readonly TimeSpan ShutdownLimit = TimeSpan.FromSeconds(20);
    private readonly IHost _host;
    private readonly RunSupervisor _supervisor;
    private readonly ProgressPump _pump;
    private readonly RunPorts _ports;
    private readonly TimeProvider _time;

    internal RunHandle(IHost host, RunSupervisor supervisor, ProgressPump pump, RunPorts ports, TimeProvider time)
    {
        (_host, _supervisor, _pump, _ports, _time) = (host, supervisor, pump, ports, time);
        Completion = supervisor.Watch();
    }

    /// <summary>How the run ended; never throws. The sink has heard of every step by then.</summary>
    public Task<RunOutcome> Completion { get; }

    /// <summary>How the run stands.</summary>
    public Task<RunStatus> Status(CancellationToken cancellationToken) => _supervisor.Run.Status(cancellationToken);

    /// <summary>Hands out no more work, ends the step under way, saves if told to, and returns the outcome; at most two minutes.</summary>
    public async Task<RunOutcome> Stop(bool save)
    {
        try
        {
            await _supervisor.Run.Stop(save, CancellationToken.None);
            return await Completion.WaitAsync(StopLimit, _time);
        }
        catch (TimeoutException)
        {
            return new(RunPhase.Failed, 0, $"The run did not stop within {StopLimit.TotalMinutes} minutes; it goes on from its last checkpoint with --resume.", false);
        }
    }

    /// <summary>Lets the workers leave and takes the process's silo down.</summary>
    public async ValueTask DisposeAsync()
    {
        await _supervisor.DisposeAsync();
        using var limit = new CancellationTokenSource(ShutdownLimit, _time);
        await _host.StopAsync(limit.Token);
        if (_host is IAsyncDisposable host) await host.DisposeAsync();
        else _host.Dispose();
        await _pump.DisposeAsync();
        await _ports.DisposeAsync();
    }
}
