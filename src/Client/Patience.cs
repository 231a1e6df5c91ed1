using PairUni.Contracts;

namespace PairUni.Client;

/// <summary>
/// Repeats calls that change nothing when made twice, until a limit: a silo that was just killed still counts as there, and its grains
/// come up elsewhere once it does not. An attempt that gets no answer is given up after half of the limit, for it may be at a silo that
/// stands still.
/// </summary>
internal sealed class Patience(TimeSpan limit, TimeProvider time)
{
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(500);

    /// <exception cref="UserErrorException">The cluster refuses, or nobody answered within the limit.</exception>
    public async Task<T> Ask<T>(Func<CancellationToken, Task<T>> call, CancellationToken cancellationToken)
    {
        var start = time.GetTimestamp();
        while (true)
        {
            try
            {
                return await Attempt(call, limit - time.GetElapsedTime(start), cancellationToken);
            }
            catch (Exception fault) when (fault is not UserErrorException && !cancellationToken.IsCancellationRequested)
            {
                // The silo of the grain died, or its storage cannot be reached: both come back elsewhere or again.
                if (time.GetElapsedTime(start) + Pause >= limit)
                    throw new UserErrorException($"The cluster gave no answer within {limit.TotalSeconds:0} s; see that a learner silo runs and ask again (the last attempt: {fault.Message.TrimEnd('.')}).", fault);
                await Task.Delay(Pause, time, cancellationToken);
            }
        }
    }

    private async Task<T> Attempt<T>(Func<CancellationToken, Task<T>> call, TimeSpan left, CancellationToken cancellationToken)
    {
        var longest = limit / 2 < left ? limit / 2 : left;
        using var end = new CancellationTokenSource(longest, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(end.Token, cancellationToken);
        try
        {
            return await call(either.Token).WaitAsync(either.Token);
        }
        catch (OperationCanceledException) when (end.IsCancellationRequested && !cancellationToken.IsCancellationRequested)
        {
            throw new TimeoutException($"it got no answer in {longest.TotalSeconds:0} s");
        }
    }
}
