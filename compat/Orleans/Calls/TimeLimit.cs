namespace Orleans.Runtime;

/// <summary>
/// Ends calls that got no answer in time. All calls here have the same limit, so they expire in the order in which they
/// were made and one timer, set for the oldest, serves them all.
/// </summary>
internal sealed class TimeLimit : IDisposable
{
    private readonly Lock _gate = new();
    private readonly TimeSpan _limit;
    private readonly long _ticks;
    private readonly TimeProvider _time;
    private readonly ITimer _timer;
    private Call? _oldest;
    private Call? _newest;
    private bool _armed;

    public TimeLimit(TimeSpan limit, TimeProvider time)
    {
        _limit = limit;
        _time = time;
        _ticks = (long)(limit.TotalSeconds * time.TimestampFrequency);
        using (ExecutionContext.SuppressFlow())
        {
            _timer = time.CreateTimer(static self => ((TimeLimit)self!).Expire(), this, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
        }
    }

    /// <summary>The limit in whole milliseconds, at least 1.</summary>
    public ulong Milliseconds => (ulong)Math.Max(1, _limit.TotalMilliseconds);

    public void Add(Call call)
    {
        call.Deadline = _time.GetTimestamp() + _ticks;
        bool arm;
        lock (_gate)
        {
            call.Limit = this;
            call.Earlier = _newest;
            if (_newest is null)
            {
                _oldest = call;
            }
            else
            {
                _newest.Later = call;
            }

            _newest = call;
            arm = !_armed;
            _armed = true;
        }

        if (arm)
        {
            _timer.Change(_limit, Timeout.InfiniteTimeSpan);
        }
    }

    public void Remove(Call call)
    {
        lock (_gate)
        {
            Unlink(call);
        }
    }

    /// <summary>Ends all calls at once.</summary>
    public void FailAll(Func<Call, Exception> reason)
    {
        var calls = new List<Call>();
        lock (_gate)
        {
            while (_oldest is { } call)
            {
                Unlink(call);
                calls.Add(call);
            }
        }

        _timer.Dispose();
        foreach (var call in calls)
        {
            call.Fail(reason(call));
        }
    }

    public void Dispose() => _timer.Dispose();

    private void Unlink(Call call)
    {
        if (call.Limit is null)
        {
            return;
        }

        call.Limit = null;
        if (call.Earlier is null)
        {
            _oldest = call.Later;
        }
        else
        {
            call.Earlier.Later = call.Later;
        }

        if (call.Later is null)
        {
            _newest = call.Earlier;
        }
        else
        {
            call.Later.Earlier = call.Earlier;
        }

        call.Earlier = call.Later = null;
    }

    private void Expire()
    {
        var expired = new List<Call>();
        TimeSpan? next = null;
        lock (_gate)
        {
            var now = _time.GetTimestamp();
            while (_oldest is { } call && call.Deadline <= now)
            {
                Unlink(call);
                expired.Add(call);
            }

            if (_oldest is { } waiting)
            {
                // One tick more, so that rounding does not wake the timer just before the deadline.
                next = _time.GetElapsedTime(now, waiting.Deadline) + TimeSpan.FromTicks(1);
            }
            else
            {
                _armed = false;
            }
        }

        if (next is { } due)
        {
            _timer.Change(due, Timeout.InfiniteTimeSpan);
        }

        foreach (var call in expired)
        {
            call.Fail(new TimeoutException($"Response did not arrive on time in {_limit} for {call}, {call.Where}."));
        }
    }
}
