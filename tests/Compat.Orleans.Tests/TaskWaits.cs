namespace PairUni.Compat.Orleans;

/// <summary>Waiting for something to become true.</summary>
internal static class TaskWaits
{
    /// <summary>Asks again and again, at most a minute, until the answer is yes.</summary>
    public static async Task Until(Func<Task<bool>> condition)
    {
        var end = TimeProvider.System.GetTimestamp() + (60 * TimeProvider.System.TimestampFrequency);
        while (!await condition())
        {
            if (TimeProvider.System.GetTimestamp() > end)
            {
                throw new TimeoutException("The condition did not come true in a minute.");
            }

            await Task.Delay(5);
        }
    }
}
