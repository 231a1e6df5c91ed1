using Orleans.Runtime;
using PairUni.Contracts;

namespace PairUni.Client;

/// <summary>Repeats calls that change nothing when made twice, while a grain is between two silos, until a limit.</summary>
internal sealed class Patience(TimeSpan limit, TimeProvider time)
{
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(500);

    /// <exception cref="UserErrorException">No silo answered within the limit.</exception>
    public async Task<T> Ask<T>(Func<Task<T>> call, CancellationToken cancellationToken)
    {
        var start = time.GetTimestamp();
        while (true)
        {
            try
            {
                return await call();
            }
            catch (Exception fault) when (fault is OrleansException or TimeoutException && !cancellationToken.IsCancellationRequested)
            {
                if (time.GetElapsedTime(start) > limit)
                    throw new UserErrorException($"The cluster did not answer within {limit.TotalSeconds:0} s ({fault.Message.TrimEnd('.')}); see pairuni status.", fault);
                await Task.Delay(Pause, time, cancellationToken);
            }
        }
    }
}
