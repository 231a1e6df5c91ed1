using PairUni.Contracts;

namespace PairUni.Grains;

/// <summary>
/// A lease in a worker's hands: renewed three times per duration from the claim until it is disposed; <see cref="Lost"/> is cancelled
/// when the run says that it is gone.
/// </summary>
public sealed class HeldLease : IAsyncDisposable
{
    private static readonly TimeSpan AfterFault = TimeSpan.FromMilliseconds(250);
    private readonly CancellationTokenSource _lost;
    private readonly Task _renewal;

    public HeldLease(GroupLease lease, WorkerKey worker, IRunGrain run, TimeProvider time, CancellationToken cancellationToken)
    {
        Lease = lease;
        _lost = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        _renewal = Renew(new() { Key = lease.Key, LeaseId = lease.LeaseId, Worker = worker.ToString(), PolicyVersion = lease.PolicyVersion }, run, time);
    }

    public GroupLease Lease { get; }

    /// <summary>Cancelled when another worker may do the work, or when the worker is told to stop at once.</summary>
    public CancellationToken Lost => _lost.Token;

    public async ValueTask DisposeAsync()
    {
        await _lost.CancelAsync();
        await _renewal;
        _lost.Dispose();
    }

    private async Task Renew(RenewLease renewal, IRunGrain run, TimeProvider time)
    {
        var pause = Lease.Duration / 3;
        while (!_lost.IsCancellationRequested)
        {
            try
            {
                await Task.Delay(pause, time, _lost.Token);
                pause = Lease.Duration / 3;
                if (!await run.Renew(renewal, _lost.Token)) await _lost.CancelAsync();
            }
            catch (OperationCanceledException) when (_lost.IsCancellationRequested)
            {
                // The work is done.
            }
            catch (Exception)
            {
                // The run grain cannot be reached just now: the work goes on, and whoever has the run next is told early that it does.
                pause = Lease.Duration / 3 < AfterFault ? Lease.Duration / 3 : AfterFault;
            }
        }
    }
}
