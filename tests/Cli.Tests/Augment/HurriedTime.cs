using System.Collections.Concurrent;

namespace PairUni.Cli.Tests.Augment;

/// <summary>Time in which short waits are over at once and long ones when the test says so.</summary>
internal sealed class HurriedTime(TimeSpan @short) : TimeProvider
{
    private readonly ConcurrentQueue<Held> _held = new();

    /// <summary>The short waits, in the order in which they began.</summary>
    public ConcurrentQueue<TimeSpan> Waits { get; } = new();

    /// <summary>Ends all long waits that have begun.</summary>
    public void Expire()
    {
        while (_held.TryDequeue(out var held))
            held.End();
    }

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        var held = new Held(callback, state);
        if (dueTime >= @short || dueTime == Timeout.InfiniteTimeSpan)
        {
            _held.Enqueue(held);
            return held;
        }

        Waits.Enqueue(dueTime);
        ThreadPool.QueueUserWorkItem(_ => held.End());
        return held;
    }

    private sealed class Held(TimerCallback callback, object? state) : ITimer
    {
        private int _over;

        public void End()
        {
            if (Interlocked.Exchange(ref _over, 1) == 0)
                callback(state);
        }

        public bool Change(TimeSpan dueTime, TimeSpan period) => true;

        public void Dispose() => Interlocked.Exchange(ref _over, 1);

        public ValueTask DisposeAsync()
        {
            Dispose();
            return ValueTask.CompletedTask;
        }
    }
}
