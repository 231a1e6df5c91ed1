using Microsoft.Extensions.DependencyInjection;
using Orleans.Runtime;
using Orleans.Silos;

namespace Orleans.Activations;

/// <summary>
/// One activation of a grain: brings the grain object to life before the first call and to an end after the last.
/// </summary>
internal sealed class Activation : IGrainContext, ICallTarget
{
    private readonly Lock _gate = new();
    private readonly ActivationScheduler _scheduler;
    private readonly TurnQueue _turns;
    private readonly TaskCompletionSource _ended = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly StagedLifecycle _lifecycle = new();
    private readonly List<GrainTimer> _timers = [];
    private readonly WorkerPool? _pool;
    private Dictionary<Type, object>? _components;
    private AsyncServiceScope? _scope;
    private ActivationStage _stage = ActivationStage.Activating;
    private DeactivationReason? _requested;
    private CancellationToken _endBefore;
    private long _lastUse;
    private long _keptUntil;

    public Activation(SiloRuntime silo, GrainClass grainClass, GrainId grainId, WorkerPool? pool)
    {
        Silo = silo;
        Class = grainClass;
        GrainId = grainId;
        ActivationId = ActivationId.NewId();
        Address = new GrainAddress { GrainId = grainId, ActivationId = ActivationId, SiloAddress = silo.SiloAddress };
        _pool = pool;
        _scheduler = new ActivationScheduler(this, silo.TurnQuantum);
        _turns = new TurnQueue(_scheduler, grainClass, () => GrainInstance);
        _lastUse = silo.ActivationTime.GetTimestamp();
    }

    public SiloRuntime Silo { get; }

    public GrainClass Class { get; }

    public GrainId GrainId { get; }

    public ActivationId ActivationId { get; }

    public GrainAddress Address { get; }

    public object? GrainInstance { get; private set; }

    public bool HasFilters { get; private set; }

    /// <summary>Entered in the directory, and not ending.</summary>
    public bool IsRegistered => _pool is null && _stage == ActivationStage.Valid;

    public GrainReference GrainReference => field ??= Class.PrimaryInterface is { } type
        ? (GrainReference)Silo.References.Create(type, GrainId)
        : Silo.References.CreateUntyped(GrainId);

    public IServiceProvider ActivationServices => _scope?.ServiceProvider ?? Silo.ServiceProvider;

    public IGrainLifecycle ObservableLifecycle => _lifecycle;

    public IWorkItemScheduler Scheduler => _scheduler;

    public Task Deactivated => _ended.Task;

    /// <summary>Calls that run or wait here.</summary>
    public int Load => _turns.Load;

    public void Start() => new Task(() => _ = Activate()).Start(_scheduler);

    public bool TryAccept(ActivationWork work) => _turns.TryAccept(work);

    /// <summary>A call or tick has ended: what waited for it may run.</summary>
    public void Finished(ActivationWork work)
    {
        if (work.KeepsAlive)
        {
            Volatile.Write(ref _lastUse, Silo.ActivationTime.GetTimestamp());
        }

        _turns.Finished(work);
    }

    /// <summary>A call ended with an exception; some say that the state in memory is no good any more.</summary>
    public void Failed(Exception exception)
    {
        if (exception is Storage.InconsistentStateException)
        {
            Deactivate(new DeactivationReason(DeactivationReasonCode.ApplicationError, exception, "The stored state was changed elsewhere"));
        }
    }

    public void Deactivate(DeactivationReason deactivationReason, CancellationToken cancellationToken = default)
    {
        lock (_gate)
        {
            if (_requested is not null || _stage >= ActivationStage.Deactivating)
            {
                return;
            }

            _requested = deactivationReason;
            _endBefore = cancellationToken;
            if (_stage != ActivationStage.Valid)
            {
                return;
            }

            _stage = ActivationStage.Deactivating;

            // Before what runs has ended, so that a tick that waits for its token ends too.
            _scheduler.QueueAction(StopTimers);
            _turns.Hold(EndSoon);
        }
    }

    /// <summary>Ends the activation without waiting for its calls; their callers learn that the silo is gone.</summary>
    public void Abort()
    {
        foreach (var work in _turns.Abandon())
        {
            work.Return(Silo, new SiloUnavailableException($"{Silo.SiloAddress} stopped before {work} had ended."));
        }

        Close(null);
    }

    /// <summary>Deactivates when nothing happened for the class' age limit (or <paramref name="limit"/>).</summary>
    public bool CollectIfIdle(TimeSpan? limit = null)
    {
        var age = limit ?? Class.AgeLimit;
        var now = Silo.ActivationTime.GetTimestamp();
        lock (_gate)
        {
            if (_stage != ActivationStage.Valid || _turns.Load > 0 || age == TimeSpan.MaxValue || Silo.ActivationTime.GetElapsedTime(Volatile.Read(ref _lastUse), now) < age || now < _keptUntil)
            {
                return false;
            }
        }

        Deactivate(new DeactivationReason(DeactivationReasonCode.ActivationIdle, $"Idle for {age}"));
        return true;
    }

    public void Delay(TimeSpan time)
    {
        lock (_gate)
        {
            var seconds = Math.Min(time.TotalSeconds, TimeSpan.FromDays(36500).TotalSeconds);
            _keptUntil = time <= TimeSpan.Zero ? 0 : Silo.ActivationTime.GetTimestamp() + (long)(seconds * Silo.ActivationTime.TimestampFrequency);
        }
    }

    public void EnterReentrantSection(Guid chain) => _turns.EnterChain(chain);

    public void LeaveReentrantSection(Guid chain) => _turns.LeaveChain(chain);

    public bool Track(GrainTimer timer)
    {
        lock (_gate)
        {
            if (_stage >= ActivationStage.Deactivating)
            {
                return false;
            }

            _timers.Add(timer);
            return true;
        }
    }

    public void Untrack(GrainTimer timer)
    {
        lock (_gate)
        {
            _timers.Remove(timer);
        }
    }

    public object? GetTarget() => GrainInstance;

    public object? GetComponent(Type componentType)
    {
        lock (_gate)
        {
            if (_components?.GetValueOrDefault(componentType) is { } component)
            {
                return component;
            }
        }

        return componentType.IsInstanceOfType(GrainInstance) ? GrainInstance : null;
    }

    public void SetComponent<TComponent>(TComponent? value)
        where TComponent : class
    {
        lock (_gate)
        {
            if (value is null)
            {
                _components?.Remove(typeof(TComponent));
            }
            else
            {
                (_components ??= [])[typeof(TComponent)] = value;
            }
        }
    }

    public bool Equals(IGrainContext? other) => ReferenceEquals(this, other);

    public override bool Equals(object? obj) => ReferenceEquals(this, obj);

    public override int GetHashCode() => ActivationId.GetHashCode();

    public override string ToString() => $"[Activation {GrainId} {ActivationId} on {Silo.SiloAddress}]";

    private void EndSoon() => new Task(() => _ = End()).Start(_scheduler);

    private async Task Activate()
    {
        try
        {
            if (_pool is null)
            {
                var owner = await Silo.Cluster.Directory.Register(Address);
                if (!owner.Equals(Address))
                {
                    Silo.Log.DuplicateActivation(GrainId, owner.SiloAddress!);
                    Close(null);
                    return;
                }
            }

            using var time = new CancellationTokenSource(Silo.ActivationTimeout, Silo.ActivationTime);
            _scope = Silo.ServiceProvider.CreateAsyncScope();
            GrainInstance = Class.Create(this);
            HasFilters = Silo.IncomingFilters.Length > 0 || GrainInstance is IIncomingGrainCallFilter;
            if (!_lifecycle.IsEmpty)
            {
                await _lifecycle.Start(time.Token);
            }

            if (GrainInstance is IGrainBase grain)
            {
                await InTime(grain.OnActivateAsync(time.Token), time.Token, "OnActivateAsync");
            }

            lock (_gate)
            {
                _lastUse = Silo.ActivationTime.GetTimestamp();
                if (_requested is null)
                {
                    _stage = ActivationStage.Valid;
                    _turns.Open();
                }
                else
                {
                    _stage = ActivationStage.Deactivating;
                    _turns.Hold(EndSoon);
                }
            }
        }
        catch (Exception exception)
        {
            Silo.Log.ActivationFailed(GrainId, exception);
            Close(exception);
        }
    }

    private async Task End()
    {
        var reason = _requested!.Value;
        StopTimers();
        try
        {
            using var limit = new CancellationTokenSource(Silo.DeactivationTimeout, Silo.ActivationTime);
            using var time = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, _endBefore);
            if (GrainInstance is IGrainBase grain)
            {
                await InTime(grain.OnDeactivateAsync(reason, time.Token), time.Token, "OnDeactivateAsync");
            }

            await _lifecycle.Stop(exception => Silo.Log.DeactivationFailed(GrainId, exception), time.Token);
        }
        catch (Exception exception)
        {
            Silo.Log.DeactivationFailed(GrainId, exception);
        }

        Close(null);
    }

    private async Task InTime(Task task, CancellationToken timeUp, string what)
    {
        try
        {
            await task.WaitAsync(timeUp);
        }
        catch (OperationCanceledException) when (timeUp.IsCancellationRequested && !task.IsCompleted)
        {
            throw new TimeoutException($"{what} of {GrainId} did not end in time.");
        }
    }

    private void StopTimers()
    {
        GrainTimer[] timers;
        lock (_gate)
        {
            timers = [.. _timers];
            _timers.Clear();
        }

        foreach (var timer in timers)
        {
            timer.Dispose();
        }
    }

    // With a failure callers learn it; without, their calls go to the next activation.
    private void Close(Exception? failure) => _ = CloseCore(failure);

    private async Task CloseCore(Exception? failure)
    {
        StopTimers();
        if (_pool is null)
        {
            await Silo.Cluster.Directory.Unregister(Address);
            Silo.Catalog.Remove(this);
        }
        else
        {
            _pool.Remove(this);
        }

        ActivationWork[] waiting;
        lock (_gate)
        {
            if (_stage == ActivationStage.Ended)
            {
                return;
            }

            _stage = ActivationStage.Ended;
            waiting = _turns.Close();
        }

        foreach (var work in waiting)
        {
            if (!work.IsAbandoned)
            {
                work.Return(Silo, failure);
            }
        }

        try
        {
            await Dispose(GrainInstance);
            if (_scope is { } scope)
            {
                await scope.DisposeAsync();
            }
        }
        catch (Exception exception)
        {
            Silo.Log.DeactivationFailed(GrainId, exception);
        }

        _ended.TrySetResult();
    }

    private static async ValueTask Dispose(object? instance)
    {
        if (instance is IAsyncDisposable asynchronous)
        {
            await asynchronous.DisposeAsync();
        }
        else if (instance is IDisposable disposable)
        {
            disposable.Dispose();
        }
    }
}
