namespace PairUni.Silo;

/// <summary>The sign of life of one loop of the process: it beats at least once in every <see cref="Limit"/>, or the process counts as stuck.</summary>
public sealed class LoopPulse : IDisposable
{
    private readonly SiloHealth _health;
    private readonly TimeProvider _time;
    private long _last;

    internal LoopPulse(SiloHealth health, string name, TimeSpan limit, TimeProvider time)
    {
        (_health, Name, Limit, _time) = (health, name, limit, time);
        _last = time.GetTimestamp();
    }

    /// <summary>What the loop does, in a word or two.</summary>
    public string Name { get; }

    /// <summary>Longest time between two beats of a loop that is well.</summary>
    public TimeSpan Limit { get; }

    /// <summary>Time since the last beat.</summary>
    public TimeSpan Age => _time.GetElapsedTime(Interlocked.Read(ref _last));

    /// <summary>The loop went round once more.</summary>
    public void Beat() => Interlocked.Exchange(ref _last, _time.GetTimestamp());

    /// <summary>The loop has ended and owes no further beat.</summary>
    public void Dispose() => _health.Forget(this);
}
