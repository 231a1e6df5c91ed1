using PairUni.Contracts;

namespace PairUni.Silo;

/// <summary>
/// Keeps the grains of this process at work: an activation may vanish at any time, so each worker is started again and again (which
/// changes nothing while it works), and the run's end is noticed even if the observer missed it.
/// </summary>
public sealed class RunSupervisor(
    IRunGrain run, IReadOnlyList<IRolloutGrain> workers, RunSpec spec, ProgressPump pump, TimeProvider time) : IAsyncDisposable
{
    private const int MaxFaults = 30;
    private static readonly TimeSpan Period = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan Grace = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan SinkLimit = TimeSpan.FromSeconds(10);
    private readonly CancellationTokenSource _stop = new();
    private Task<RunOutcome>? _watch;

    public IRunGrain Run => run;

    /// <summary>Starts to watch; the task never fails.</summary>
    public Task<RunOutcome> Watch() => _watch ??= WatchToTheEnd();

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        if (_watch is not null) await _watch;
        await Task.WhenAll(workers.Select(Drain));
        _stop.Dispose();
    }

    private async Task<RunOutcome> WatchToTheEnd()
    {
        var faults = 0;
        while (!_stop.IsCancellationRequested)
        {
            try
            {
                var status = await run.Status(_stop.Token);
                if (status.Phase is not (RunPhase.Running or RunPhase.Stopping)) return await Outcome(status);
                foreach (var worker in workers) await worker.Start(spec, _stop.Token);
                faults = 0;
                await Task.WhenAny(pump.Ended, Task.Delay(Period, time, _stop.Token));
            }
            catch (Exception fault) when (!_stop.IsCancellationRequested)
            {
                // A call may time out while an activation moves; only many in a row mean that the silo is gone.
                if (++faults == MaxFaults) return new(RunPhase.Failed, 0, $"The run's grains cannot be reached: {fault.Message}", false);
                await Task.WhenAny(Task.Delay(Period, time, _stop.Token));
            }
            catch (OperationCanceledException)
            {
                // Disposed while a call was under way.
            }
        }

        return new(RunPhase.Stopped, 0, "The process left before the run ended.", false);
    }

    private async Task<RunOutcome> Outcome(RunStatus status)
    {
        // The end is queued behind every step, so after it the sink knows them all; a sink that hangs does not hold the outcome.
        await Task.WhenAny(pump.Ended, Task.Delay(SinkLimit, time));
        return new(status.Phase, status.Version, status.Error, status.UserError);
    }

    private async Task Drain(IRolloutGrain worker)
    {
        try
        {
            await worker.Drain(Grace, CancellationToken.None);
        }
        catch (Exception)
        {
            // The silo goes down right after: a worker that cannot leave in time is cut off.
        }
    }
}
