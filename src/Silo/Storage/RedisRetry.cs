using PairUni.Contracts;
using StackExchange.Redis;

namespace PairUni.Silo;

/// <summary>Repeats what Redis could not do because it was away: a restart or a cut of half a minute is ridden out.</summary>
internal sealed class RedisRetry(TimeSpan limit, TimeProvider time)
{
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(500);

    /// <summary>Does something that may be done twice.</summary>
    /// <exception cref="UserErrorException">Redis was away for longer than the limit.</exception>
    public async Task<T> Do<T>(Func<Task<T>> work, CancellationToken cancellationToken)
    {
        var start = time.GetTimestamp();
        while (true)
        {
            try
            {
                return await work();
            }
            catch (Exception fault) when (fault is RedisException or TimeoutException && !cancellationToken.IsCancellationRequested)
            {
                if (time.GetElapsedTime(start) > limit)
                    throw new UserErrorException($"Redis was away for more than {limit.TotalSeconds:0} s ({fault.Message.TrimEnd('.')}); bring it back, then resume the run.", fault);
                await Task.Delay(Pause, time, cancellationToken);
            }
        }
    }
}
