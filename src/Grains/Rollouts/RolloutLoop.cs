using PairUni.Contracts;

namespace PairUni.Grains;

/// <summary>
/// What a worker does all day: claim, hold the right weights, generate, score, offer, claim again.
/// </summary>
/// <remarks>
/// <code>
///   RunGrain --lease--> [load weights] -> [generate on the device] -> [score] -> [offer] --outcome--> next claim
///                             |                     |                    |          |
///                             +------ failure: hand the lease back with the reason -+
///
///   stage     produces       waits for                    unblocked by
///   claim     leases         work in an open step         Advance, Release, Expire of the run; it asks again after RetryAfter
///   load      held version   chunks of the weight store   their arrival; a failure hands the lease back
///   generate  samples        the device's thread          its end, or cancellation when the lease cannot be renewed
///   score     rewards        the reward grains            their answer or the call's time limit
///   offer     an outcome     the learner's turn           its answer; NotReady is asked again while the lease lasts
/// </code>
/// One group at a time, so nothing piles up: the learner sees at most one offer of each worker.
/// </remarks>
public sealed class RolloutLoop(
    WorkerKey worker, RunSpec spec, IRolloutEngine engine, WorkerLinks links, IJournal journal, TimeProvider time)
{
    private static readonly TimeSpan AfterFault = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan LongestPause = TimeSpan.FromSeconds(1);
    private readonly GroupWork _work = new(worker, spec.Run, engine, links, journal, time);
    private bool _draining;
    private int _faults;

    /// <summary>Groups that the learner accepted.</summary>
    public int Delivered => _work.Delivered;

    /// <summary>The last thing that went wrong; empty for nothing.</summary>
    public string Error { get; private set; } = "";

    /// <summary>Ends after the group at hand.</summary>
    public void Drain() => _draining = true;

    /// <summary>Works until the run ends, <see cref="Drain"/> or cancellation; then says that it leaves.</summary>
    public async Task Run(CancellationToken cancellationToken)
    {
        try
        {
            while (!_draining && await Round(cancellationToken))
            {
            }
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            // Told to stop at once: its leases go back below.
        }

        await Leave(cancellationToken.IsCancellationRequested ? "cancelled" : _draining ? "drained" : "the run ended");
    }

    private async Task<bool> Round(CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        try
        {
            var claim = new ClaimWork { Worker = worker.ToString(), MaxGroups = spec.GroupsPerClaim, HeldVersion = engine.PolicyVersion };
            var claimed = await links.Run.Claim(claim, cancellationToken);
            if (claimed.RunEnded) return false;
            var held = claimed.Leases.Select(l => new HeldLease(l, worker, links.Run, time, cancellationToken)).ToArray();
            foreach (var lease in held) await Work(lease, claimed, cancellationToken);
            if (claimed.Leases.Length == 0) await Task.Delay(claimed.RetryAfter, time, cancellationToken);
        }
        catch (Exception fault) when (!cancellationToken.IsCancellationRequested)
        {
            // The run grain is between two silos, or a call timed out: the lease runs out and the worker asks again.
            Error = fault.Message;
            await Task.Delay(AfterFault, time, cancellationToken);
        }

        return true;
    }

    private async Task Work(HeldLease held, WorkClaimed claimed, CancellationToken cancellationToken)
    {
        await using var lease = held;
        var fault = held.Lost.IsCancellationRequested ? null : await _work.Do(held, claimed, cancellationToken);
        _faults = fault is null ? 0 : _faults + 1;
        if (fault is null) return;
        Error = fault;
        var pause = claimed.RetryAfter * Math.Pow(2, Math.Min(_faults, 10));
        await Task.Delay(pause < LongestPause ? pause : LongestPause, time, cancellationToken);
    }

    private async Task Leave(string reason)
    {
        try
        {
            await links.Run.Leave(new() { Worker = worker.ToString(), Reason = reason }, CancellationToken.None);
        }
        catch (Exception fault)
        {
            // A silo that goes down with its run grain: the leases run out.
            Error = fault.Message;
        }
    }
}
