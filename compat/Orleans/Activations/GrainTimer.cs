using Orleans.Runtime;

namespace Orleans.Activations;

/// <summary>A timer whose ticks queue like calls; the next is set only when the last has ended.</summary>
internal abstract class GrainTimer : ActivationWork, IGrainTimer
{
    private readonly Lock _gate = new();
    private readonly Activation _activation;
    private readonly GrainTimerCreationOptions _options;
    private readonly ITimer _timer;
    private readonly CancellationTokenSource _stopped = new();
    private TimeSpan _period;
    private bool _ticking;
    private bool _changed;
    private bool _missed;
    private bool _disposed;

    protected GrainTimer(Activation activation, GrainTimerCreationOptions options)
    {
        _activation = activation;
        _options = options;
        Check(options.DueTime, nameof(options.DueTime));
        Check(options.Period, nameof(options.Period));
        using (ExecutionContext.IsFlowSuppressed() ? default : ExecutionContext.SuppressFlow())
        {
            _timer = activation.Silo.GrainTime.CreateTimer(
                static self => ((GrainTimer)self!).Due(), this, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
        }

        if (activation.Track(this))
        {
            Change(options.DueTime, options.Period);
        }
        else
        {
            Dispose();
        }
    }

    public override CallTraits Traits => _options.Interleave ? CallTraits.AlwaysInterleave : CallTraits.None;

    public override bool KeepsAlive => _options.KeepAlive;

    public override bool IsAbandoned => _disposed;

    public void Change(TimeSpan dueTime, TimeSpan period)
    {
        Check(dueTime, nameof(dueTime));
        Check(period, nameof(period));
        lock (_gate)
        {
            ObjectDisposedException.ThrowIf(_disposed, typeof(IGrainTimer));
            _period = period;
            _changed = _ticking;
            _timer.Change(dueTime, Timeout.InfiniteTimeSpan);
        }
    }

    public void Dispose()
    {
        lock (_gate)
        {
            if (_disposed)
            {
                return;
            }

            _disposed = true;
        }

        _timer.Dispose();
        _activation.Untrack(this);
        _stopped.Cancel();
    }

    public override void Execute(Activation activation) => _ = Tick(activation);

    public override void Return(Silos.SiloRuntime silo, Exception? reason)
    {
    }

    public override string ToString() => $"a timer's tick of {_activation.GrainId}";

    protected abstract Task Invoke(CancellationToken cancellationToken);

    private static void Check(TimeSpan time, string name)
    {
        if (time < TimeSpan.Zero && time != Timeout.InfiniteTimeSpan)
        {
            throw new ArgumentOutOfRangeException(name, time, "A timer's times are zero or more, or Timeout.InfiniteTimeSpan.");
        }
    }

    private void Due()
    {
        lock (_gate)
        {
            // A change during a tick may come due before the tick has ended: its end will start the next one.
            _missed = _ticking;
            if (_disposed || _ticking)
            {
                return;
            }

            _ticking = true;
            _changed = false;
        }

        _activation.TryAccept(this);
    }

    private async Task Tick(Activation activation)
    {
        try
        {
            if (!_disposed)
            {
                await Invoke(_stopped.Token);
            }
        }
        catch (Exception exception)
        {
            activation.Silo.Log.TimerFailed(activation.GrainId, exception);
        }

        bool again;
        lock (_gate)
        {
            again = _missed && !_disposed;
            _ticking = again;
            _missed = false;
            if (!_disposed && !_changed)
            {
                _timer.Change(_period, Timeout.InfiniteTimeSpan);
            }

            _changed = false;
        }

        activation.Finished(this);
        if (again)
        {
            activation.TryAccept(this);
        }
    }
}

/// <summary>A timer with its callback.</summary>
internal sealed class GrainTimer<TState>(
    Activation activation, Func<TState, CancellationToken, Task> callback, TState state, GrainTimerCreationOptions options)
    : GrainTimer(activation, options)
{
    protected override Task Invoke(CancellationToken cancellationToken) => callback(state, cancellationToken);
}
