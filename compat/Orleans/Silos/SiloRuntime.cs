using System.Collections.Concurrent;
using System.Collections.Frozen;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using Orleans.Activations;
using Orleans.Clustering;
using Orleans.Configuration;
using Orleans.Core;
using Orleans.Proxies;
using Orleans.Runtime;
using Orleans.Serialization;
using Orleans.Storage;
using Orleans.Timers;

namespace Orleans.Silos;

/// <summary>One silo: makes calls, finds where they go, and hosts activations.</summary>
internal sealed class SiloRuntime : IGrainRuntime
{
    private readonly GrainCollectionOptions _collection;
    private readonly SiloMessagingOptions _messaging;
    private readonly ConcurrentDictionary<TimeSpan, TimeLimit> _limits = new();
    private readonly TimeLimit _defaultLimit;
    private readonly CallRouter _router;
    private readonly Lazy<FrozenDictionary<GrainType, GrainClass>> _classes;
    private readonly Lazy<IIncomingGrainCallFilter[]> _incomingFilters;
    private readonly Lazy<IOutgoingGrainCallFilter[]> _outgoingFilters;
    private ICluster? _cluster;
    private volatile SiloStatus _status = SiloStatus.Created;

    public SiloRuntime(
        IServiceProvider services,
        SiloLog log,
        DeepCopier copier,
        IOptions<GrainCollectionOptions> collection,
        IOptions<SiloMessagingOptions> messaging,
        IOptions<SchedulingOptions> scheduling,
        IOptions<EndpointOptions> endpoint,
        IOptions<GrainTypeOptions> types)
    {
        ServiceProvider = services;
        Log = log;
        Copier = copier;
        _collection = collection.Value;
        _messaging = messaging.Value;
        TurnQuantum = scheduling.Value.ActivationSchedulingQuantum;
        Time = services.GetRequiredKeyedService<TimeProvider>(TimeProviderNames.Messaging);
        ActivationTime = services.GetRequiredKeyedService<TimeProvider>(TimeProviderNames.ActivationManagement);
        GrainTime = services.GetRequiredKeyedService<TimeProvider>(TimeProviderNames.Grains);
        SiloAddress = SiloAddress.New(endpoint.Value.AdvertisedIPAddress, endpoint.Value.SiloPort, SiloAddress.AllocateNewGeneration());
        SiloIdentity = SiloAddress.ToString();
        References = new GrainReferences(this);
        Interfaces = new GrainInterfaces(this);
        Catalog = new Catalog(this);
        Observers = new ObserverTable(this);
        GrainFactory = new GrainFactory(this);
        _router = new CallRouter(this);
        _defaultLimit = new TimeLimit(ResponseTimeout, Time);
        _classes = new(() => GrainClasses.Load(types.Value, _collection, services));
        _incomingFilters = new(() => [.. services.GetServices<IIncomingGrainCallFilter>()]);
        _outgoingFilters = new(() => [.. services.GetServices<IOutgoingGrainCallFilter>()]);
    }

    public IServiceProvider ServiceProvider { get; }

    public SiloLog Log { get; }

    public DeepCopier Copier { get; }

    /// <summary>Clock of calls.</summary>
    public TimeProvider Time { get; }

    /// <summary>Clock of activations: how long they are idle and how long they may take to begin and end.</summary>
    public TimeProvider ActivationTime { get; }

    /// <summary>Clock of grain timers.</summary>
    public TimeProvider GrainTime { get; }

    public TimeProvider TimeProvider => GrainTime;

    public SiloAddress SiloAddress { get; }

    public string SiloIdentity { get; }

    public IGrainFactory GrainFactory { get; }

    public GrainReferences References { get; }

    public GrainInterfaces Interfaces { get; }

    public Catalog Catalog { get; }

    public ObserverTable Observers { get; }

    public ITimerRegistry TimerRegistry => ServiceProvider.GetRequiredService<ITimerRegistry>();

    public FrozenDictionary<GrainType, GrainClass> Classes => _classes.Value;

    public IIncomingGrainCallFilter[] IncomingFilters => _incomingFilters.Value;

    public IOutgoingGrainCallFilter[] OutgoingFilters => _outgoingFilters.Value;

    public SiloStatus Status => _status;

    public TimeSpan TurnQuantum { get; }

    public TimeSpan ActivationTimeout => _collection.ActivationTimeout;

    public TimeSpan DeactivationTimeout => _collection.DeactivationTimeout;

    public ICluster Cluster => _cluster ?? throw new InvalidOperationException("The silo has not been started; start its host first.");

    public TimeSpan ResponseTimeout =>
        System.Diagnostics.Debugger.IsAttached ? _messaging.ResponseTimeoutWithDebugger : _messaging.ResponseTimeout;

    /// <summary>Makes a call: copies its arguments, passes the filters and sends it.</summary>
    public Task<TResult> Call<TArguments, TResult>(CallMethod<TArguments, TResult> method, GrainReference target, TArguments arguments)
        where TArguments : struct
    {
        if (_status is not (SiloStatus.Active or SiloStatus.ShuttingDown))
        {
            return Task.FromException<TResult>(new SiloUnavailableException($"{SiloIdentity} is {_status}; it makes no calls."));
        }

        var token = method.Token?.Invoke(arguments) ?? default;
        if (token.IsCancellationRequested)
        {
            return Task.FromCanceled<TResult>(token);
        }

        if (method.Copy is { } copy)
        {
            arguments = copy(arguments, Copier);
        }

        var call = new Call<TArguments, TResult>(method, target, this, arguments, token)
        {
            Source = RuntimeContext.Current?.GrainId,
            Values = RequestContext.Current,
        };
        return OutgoingFilters.Length > 0 && !method.OnActivation
            ? new OutgoingCall<TArguments, TResult>(this, call, method).Run()
            : Launch(call);
    }

    /// <summary>Starts a call's clock and sends it.</summary>
    public Task<TResult> Launch<TArguments, TResult>(Call<TArguments, TResult> call)
        where TArguments : struct
    {
        if ((call.Traits & CallTraits.OneWay) != 0)
        {
            Send(call);
            return Task.FromResult<TResult>(default!);
        }

        LimitOf(call.Method.Timeout)?.Add(call);
        Send(call);
        return call.Answer;
    }

    /// <summary>Sends a call to where its grain is or will be; also one that another silo sent here.</summary>
    public void Send(Call call)
    {
        if (!Catalog.TryGet(call.TargetId, out var target) || !target.TryAccept(call))
        {
            _ = _router.Route(call);
        }
    }

    public void Start(ICluster cluster)
    {
        _cluster = cluster;
        _status = SiloStatus.Active;
    }

    /// <summary>Takes no new activations and ends all there are, within <paramref name="cancellationToken"/> and the deactivation timeout.</summary>
    public async Task Deactivate(CancellationToken cancellationToken)
    {
        _status = SiloStatus.ShuttingDown;
        Cluster.Retire(SiloAddress);
        Catalog.ClosePools();
        var reason = new DeactivationReason(DeactivationReasonCode.ShuttingDown, "This process is terminating.");
        using var time = new CancellationTokenSource(DeactivationTimeout, ActivationTime);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(time.Token, cancellationToken);
        try
        {
            // Again, because a call that passed the check of the status may just have made one more.
            while (Catalog.Activations().ToArray() is { Length: > 0 } ending)
            {
                foreach (var activation in ending)
                {
                    activation.Deactivate(reason, cancellationToken);
                }

                await Task.WhenAll(ending.Select(activation => activation.Deactivated)).WaitAsync(either.Token);
            }
        }
        catch (OperationCanceledException)
        {
            var left = Catalog.Activations().ToArray();
            Log.Dropped(left.Length, DeactivationTimeout);
            foreach (var activation in left)
            {
                activation.Abort();
            }
        }
    }

    public void Leave()
    {
        if (_status == SiloStatus.Dead)
        {
            return;
        }

        _status = SiloStatus.Dead;
        _cluster?.Leave(SiloAddress);
        _defaultLimit.FailAll(call => new SiloUnavailableException($"{SiloIdentity} stopped before {call} had an answer."));
        foreach (var limit in _limits.Values)
        {
            limit.FailAll(call => new SiloUnavailableException($"{SiloIdentity} stopped before {call} had an answer."));
        }
    }

    public int CollectIdle(TimeSpan? limit = null)
    {
        var count = Catalog.Activations().Count(activation => activation.CollectIfIdle(limit));
        if (count > 0)
        {
            Log.Collected(count);
        }

        return count;
    }

    public void DeactivateOnIdle(IGrainContext grainContext) =>
        grainContext.Deactivate(new DeactivationReason(DeactivationReasonCode.ApplicationRequested, $"{nameof(DeactivateOnIdle)} was called."));

    public void DelayDeactivation(IGrainContext grainContext, TimeSpan timeSpan) => ((Activation)grainContext).Delay(timeSpan);

    public IStorage<TGrainState> GetStorage<TGrainState>(IGrainContext grainContext) =>
        PersistentStates.OfGrain<TGrainState>((Activation)grainContext);

    private TimeLimit? LimitOf(TimeSpan? timeout)
    {
        if (timeout is not { } time)
        {
            return _defaultLimit;
        }

        return time == Timeout.InfiniteTimeSpan ? null : _limits.GetOrAdd(time, static (limit, clock) => new TimeLimit(limit, clock), Time);
    }
}
