using System.Collections.Concurrent;
using System.Collections.Frozen;
using System.Net;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using Orleans.Activations;
using Orleans.Clustering;
using Orleans.Configuration;
using Orleans.Core;
using Orleans.Membership;
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
    private readonly MessagingOptions _messaging;
    private readonly ConcurrentDictionary<TimeSpan, TimeLimit> _limits = new();
    private readonly TimeLimit _defaultLimit;
    private readonly CallRouter _router;
    private readonly Lazy<FrozenDictionary<GrainType, GrainClass>> _classes;
    private readonly Lazy<HostedClass[]> _hosted;
    private readonly Lazy<IIncomingGrainCallFilter[]> _incomingFilters;
    private readonly Lazy<IOutgoingGrainCallFilter[]> _outgoingFilters;
    private ICluster? _cluster;
    private bool _mayGoAway;
    private volatile SiloStatus _status = SiloStatus.Created;

    public SiloRuntime(
        IServiceProvider services,
        SiloLog log,
        DeepCopier copier,
        IOptions<GrainCollectionOptions> collection,
        RuntimeKind kind,
        IOptions<SchedulingOptions> scheduling,
        IOptions<EndpointOptions> endpoint,
        IOptions<GrainTypeOptions> types)
    {
        ServiceProvider = services;
        Log = log;
        Copier = copier;
        _collection = collection.Value;
        IsClient = kind.IsClient;
        _messaging = kind.Messaging(services);
        TurnQuantum = scheduling.Value.ActivationSchedulingQuantum;
        Time = services.GetRequiredKeyedService<TimeProvider>(TimeProviderNames.Messaging);
        ActivationTime = services.GetRequiredKeyedService<TimeProvider>(TimeProviderNames.ActivationManagement);
        GrainTime = services.GetRequiredKeyedService<TimeProvider>(TimeProviderNames.Grains);
        SiloAddress = kind.IsClient
            ? SiloAddress.New(IPAddress.Loopback, Environment.ProcessId & 0xffff, -Random.Shared.Next(1, int.MaxValue))
            : SiloAddress.New(endpoint.Value.AdvertisedIPAddress, endpoint.Value.SiloPort, SiloAddress.AllocateNewGeneration());
        References = new GrainReferences(this);
        Interfaces = new GrainInterfaces(this);
        Catalog = new Catalog(this);
        Observers = new ObserverTable(this);
        GrainFactory = new GrainFactory(this);
        _router = new CallRouter(this);
        _defaultLimit = new TimeLimit(ResponseTimeout, Time);
        _classes = new(() => IsClient ? FrozenDictionary<GrainType, GrainClass>.Empty : GrainClasses.Load(types.Value, _collection, services));
        _hosted = new(() => [.. Classes.Values.Select(HostedClass.Of)]);
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

    public SiloAddress SiloAddress { get; private set; }

    public string SiloIdentity => SiloAddress.ToString();

    public IGrainFactory GrainFactory { get; }

    public GrainReferences References { get; }

    public GrainInterfaces Interfaces { get; }

    public Catalog Catalog { get; }

    public ObserverTable Observers { get; }

    public ITimerRegistry TimerRegistry => ServiceProvider.GetRequiredService<ITimerRegistry>();

    public FrozenDictionary<GrainType, GrainClass> Classes => _classes.Value;

    /// <summary>The same as the others see them.</summary>
    public HostedClass[] Hosted => _hosted.Value;

    public IIncomingGrainCallFilter[] IncomingFilters => _incomingFilters.Value;

    public IOutgoingGrainCallFilter[] OutgoingFilters => _outgoingFilters.Value;

    public SiloStatus Status => _status;

    /// <summary>A client: it hosts nothing and sends everything through gateways.</summary>
    public bool IsClient { get; }

    public MessagingOptions Messaging => _messaging;

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

        // What goes to another process at once is written there and then: it need not be copied before.
        var away = _mayGoAway && (OutgoingFilters.Length == 0 || method.OnActivation) && !Catalog.TryGet(target.GrainId, out _);
        if (!away && method.Copy is { } copy)
        {
            arguments = copy(arguments, Copier);
        }

        var call = new Call<TArguments, TResult>(method, target, this, arguments, token)
        {
            Source = RuntimeContext.Current?.GrainId,
            Values = RequestContext.Current,
        };
        if (away)
        {
            return LaunchAway(call);
        }

        return OutgoingFilters.Length > 0 && !method.OnActivation
            ? new OutgoingCall<TArguments, TResult>(this, call, method).Run()
            : Launch(call);
    }

    // Straight to the other process if it is known which; otherwise as any call, with its own copy of the arguments.
    private Task<TResult> LaunchAway<TArguments, TResult>(Call<TArguments, TResult> call)
        where TArguments : struct
    {
        if (!call.IsOneWay)
        {
            LimitOf(call.Method.Timeout)?.Add(call);
        }

        if (!Cluster.TrySendAway(call))
        {
            call.CopyArguments(Copier);
            Send(call);
        }

        return call.IsOneWay ? Task.FromResult<TResult>(default!) : call.Answer;
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

    /// <summary>Takes a call that came from another process.</summary>
    public void Receive(Call call)
    {
        if (_status is not (SiloStatus.Active or SiloStatus.ShuttingDown))
        {
            call.Fail(new SiloUnavailableException($"{SiloIdentity} is {_status}; it takes no calls."));
            return;
        }

        Send(call);
    }

    /// <summary>The grain of a call was not where it was sent: the directory is asked again.</summary>
    public void SendElsewhere(Call call)
    {
        Cluster.Directory.Forget(call.TargetId);
        _ = _router.Route(call);
    }

    /// <summary>
    /// Takes a later generation than any of <paramref name="known"/> at this endpoint: they count seconds, and a silo that was
    /// killed may be started again within one. Only before this silo has joined.
    /// </summary>
    public void ComeAfter(IEnumerable<SiloAddress> known)
    {
        var last = known.Where(one => one.Endpoint.Equals(SiloAddress.Endpoint)).Select(one => one.Generation).DefaultIfEmpty().Max();
        if (last >= SiloAddress.Generation)
        {
            SiloAddress = SiloAddress.New(SiloAddress.Endpoint, last + 1);
        }
    }

    public void Start(ICluster cluster)
    {
        _cluster = cluster;
        _mayGoAway = cluster is not InProcessCluster;
        _status = SiloStatus.Active;
    }

    /// <summary>Takes no new activations and ends all there are, within <paramref name="cancellationToken"/> and the deactivation timeout.</summary>
    public async Task Deactivate(CancellationToken cancellationToken)
    {
        _status = SiloStatus.ShuttingDown;
        await Cluster.Retire(SiloAddress);
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

    public async ValueTask Leave()
    {
        if (_status == SiloStatus.Dead)
        {
            return;
        }

        _status = SiloStatus.Dead;
        _defaultLimit.FailAll(call => new SiloUnavailableException($"{SiloIdentity} stopped before {call} had an answer."));
        foreach (var limit in _limits.Values)
        {
            limit.FailAll(call => new SiloUnavailableException($"{SiloIdentity} stopped before {call} had an answer."));
        }

        if (_cluster is { } cluster)
        {
            await cluster.Leave(SiloAddress);
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
