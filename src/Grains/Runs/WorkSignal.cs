namespace PairUni.Grains;

/// <summary>Wakes the claims that wait for work. Not thread-safe.</summary>
public sealed class WorkSignal(TimeProvider time)
{
    private TaskCompletionSource _raised = New();

    /// <summary>There may be something to do.</summary>
    public void Raise()
    {
        var raised = _raised;
        _raised = New();
        raised.TrySetResult();
    }

    /// <summary>Waits for the next <see cref="Raise"/>; false when the limit is over first.</summary>
    public async Task<bool> Wait(TimeSpan limit, CancellationToken cancellationToken)
    {
        if (limit <= TimeSpan.Zero) return false;
        try
        {
            await _raised.Task.WaitAsync(limit, time, cancellationToken);
            return true;
        }
        catch (TimeoutException)
        {
            return false;
        }
    }

    private static TaskCompletionSource New() => new(TaskCreationOptions.RunContinuationsAsynchronously);
}
