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
///   claim     leases         work in an open step         Advance, Release, Expire of the run; after ten seconds it asks again
///   load      held version   chunks of the weight store   their arrival; a failure hands the lease back
///   generate  samples        the device's thread          its end, or cancellation when the lease cannot be renewed
///   score     rewards        the reward grains            their answer or the call's time limit
///   offer     an outcome     the learner's turn           its answer; NotReady is asked again while the lease lasts
/// </code>
/// One group at a time, so nothing piles up: the learner sees at most one offer of each worker.
/// </remarks>
public sealed class RolloutLoop(
    WorkerKey worker, RunSpec spec, IRolloutEngine engine, WorkerLinks links, string fingerprint, TimeProvider time)
{
    private static readonly TimeSpan AfterFault = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan LongestPause = TimeSpan.FromSeconds(1);
    private readonly GroupWork _work = new(worker, spec, engine, links, time);
    private static readonly TimeSpan FirstPause = TimeSpan.FromMilliseconds(20);
    private readonly CancellationTokenSource _drain = new();
    private int _faults;

    /// <summary>Groups that the learner accepted.</summary>
    public int Delivered => _work.Delivered;

    /// <summary>The last thing that went wrong; empty for nothing.</summary>
    public string Error { get; private set; } = "";

    /// <summary>Whether the run does not want it; the error says why.</summary>
    public bool IsRefused { get; private set; }

    /// <summary>Ends after the group at hand; leases that were not begun go back at once.</summary>
    public void Drain() => _drain.Cancel();

    /// <summary>Works until the run ends, <see cref="Drain"/> or cancellation; then says that it leaves.</summary>
    public async Task Run(CancellationToken cancellationToken)
    {
        try
        {
            while (!_drain.IsCancellationRequested && await Round(cancellationToken))
            {
            }
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            // Told to stop at once: its leases go back below.
        }

        await Leave(cancellationToken.IsCancellationRequested ? "cancelled" : _drain.IsCancellationRequested ? "drained" : IsRefused ? Error : "the run ended");
    }

    private async Task<bool> Round(CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        try
        {
            var claimed = await Claim(cancellationToken);
            if (claimed.Refusal.Length > 0) (IsRefused, Error) = (true, claimed.Refusal);
            if (claimed.RunEnded || IsRefused) return false;
            var held = claimed.Leases.Select(l => new HeldLease(l, worker, links.Run, time, cancellationToken)).ToArray();
            foreach (var lease in held) await Work(lease, claimed, cancellationToken);
            if (claimed.RetryAfter > TimeSpan.Zero) await Task.Delay(claimed.RetryAfter, time, cancellationToken);
        }
        catch (OperationCanceledException) when (_drain.IsCancellationRequested && !cancellationToken.IsCancellationRequested)
        {
            // It waited for work when it was told to leave.
        }
        catch (Exception fault) when (!cancellationToken.IsCancellationRequested)
        {
            // The run grain is between two silos, or a call timed out: the lease runs out and the worker asks again.
            Error = fault.Message;
            await Task.Delay(AfterFault, time, cancellationToken);
        }

        return true;
    }

    private async Task<WorkClaimed> Claim(CancellationToken cancellationToken)
    {
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, _drain.Token);
        return await links.Run.Claim(
            new() { Worker = worker.ToString(), MaxGroups = spec.GroupsPerClaim, HeldVersion = engine.PolicyVersion, Fingerprint = fingerprint },
            either.Token);
    }

    private async Task Work(HeldLease held, WorkClaimed claimed, CancellationToken cancellationToken)
    {
        await using var lease = held;
        if (_drain.IsCancellationRequested)
        {
            await _work.HandBack(held, cancellationToken);
            return;
        }

        var fault = held.Lost.IsCancellationRequested ? null : await _work.Do(held, claimed, cancellationToken);
        _faults = fault is null ? 0 : _faults + 1;
        if (fault is null) return;
        Error = fault;
        var pause = FirstPause * Math.Pow(2, Math.Min(_faults, 10));
        await Task.Delay(pause < LongestPause ? pause : LongestPause, time, cancellationToken);
    }

    private async Task Leave(string reason)
    {
        try
        {
            await _work.SendNotes(CancellationToken.None);
            await links.Run.Leave(new() { Worker = worker.ToString(), Reason = reason }, CancellationToken.None);
        }
        catch (Exception fault)
        {
            // A silo that goes down with its run grain: the leases run out.
            Error = fault.Message;
        }
    }
}
