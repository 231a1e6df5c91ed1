using PairUni.Contracts;

namespace PairUni.Grains;

/// <summary>Keeps a lease alive while its work goes on, three times per duration, and cancels the work when the lease is lost.</summary>
public sealed class LeaseRenewal(IRunGrain run, TimeProvider time)
{
    /// <summary>Renews until <paramref name="work"/> is cancelled, or cancels it when the run says that the lease is gone.</summary>
    public async Task Hold(RenewLease renewal, TimeSpan duration, CancellationTokenSource work)
    {
        while (!work.IsCancellationRequested)
        {
            try
            {
                await Task.Delay(duration / 3, time, work.Token);
                if (!await run.Renew(renewal, work.Token)) await work.CancelAsync();
            }
            catch (OperationCanceledException) when (work.IsCancellationRequested)
            {
                // The work is done.
            }
            catch (Exception)
            {
                // The run grain cannot be reached just now: the work goes on, and its offer decides.
            }
        }
    }
}
