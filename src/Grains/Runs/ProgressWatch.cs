namespace PairUni.Grains;

/// <summary>Notices that a run gets nowhere: too long without a settled group or a step, or too many faults in between.</summary>
public sealed class ProgressWatch(TimeSpan limit, TimeProvider time)
{
    /// <summary>Faults for each worker without any progress after which the run gives up.</summary>
    public const int FaultsPerWorker = 8;

    private DateTimeOffset _last = time.GetUtcNow();
    private int _faults;
    private string _reason = "";

    /// <summary>Something was settled or trained.</summary>
    public void Progressed()
    {
        _last = time.GetUtcNow();
        _faults = 0;
    }

    /// <summary>A worker handed work back.</summary>
    public void Faulted(string reason)
    {
        _faults++;
        _reason = reason;
    }

    /// <summary>Why the run should give up; nothing while it may go on.</summary>
    public string? Verdict(int workers)
    {
        if (_faults >= FaultsPerWorker * Math.Max(1, workers))
            return $"No group could be made: {_faults} attempts failed one after another, the last because: {_reason}";
        if (time.GetUtcNow() - _last < limit) return null;
        var cause = workers == 0 ? "no worker asks for work" : _reason.Length > 0 ? $"the last fault: {_reason}" : "no fault was reported";
        return $"Nothing was delivered for {limit.TotalMinutes:0.#} minutes; {cause}.";
    }
}
