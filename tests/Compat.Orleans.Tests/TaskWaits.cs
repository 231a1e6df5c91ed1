namespace PairUni.Compat.Orleans;

/// <summary>Waiting for something to become true.</summary>
internal static class TaskWaits
{
    /// <summary>Asks again and again, at most 20 s, until the answer is yes.</summary>
    public static async Task Until(Func<Task<bool>> condition)
    {
        var end = TimeProvider.System.GetTimestamp() + (20 * TimeProvider.System.TimestampFrequency);
        while (!await condition())
        {
            if (TimeProvider.System.GetTimestamp() > end)
            {
                throw new TimeoutException("The condition did not come true in 20 s.");
            }

            await Task.Yield();
        }
    }
}
