using PairUni.Contracts;

namespace PairUni.Grains;

/// <summary>Calls that must arrive although the grain may be moving between two silos: repeated, within a limit, until one does.</summary>
public static class GrainCalls
{
    private static readonly TimeSpan FirstPause = TimeSpan.FromMilliseconds(100);
    private static readonly TimeSpan LongestPause = TimeSpan.FromSeconds(2);

    /// <summary>Repeats a call that changes nothing when it is made twice.</summary>
    /// <exception cref="Exception">The last fault, when the limit is over.</exception>
    public static async Task Repeat(Func<Task> call, TimeSpan limit, TimeProvider time, CancellationToken cancellationToken)
    {
        var (start, pause) = (time.GetTimestamp(), FirstPause);
        while (true)
        {
            try
            {
                await call();
                return;
            }
            catch (Exception fault) when (IsPassing(fault) && time.GetElapsedTime(start) < limit && !cancellationToken.IsCancellationRequested)
            {
                // The silo of the grain died, or its storage cannot be reached: both come back elsewhere or again.
                await Task.Delay(pause, time, cancellationToken);
                pause = pause * 2 < LongestPause ? pause * 2 : LongestPause;
            }
        }
    }

    private static bool IsPassing(Exception fault) => fault is not (UserErrorException or SupersededException or OperationCanceledException);
}
