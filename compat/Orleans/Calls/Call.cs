using System.Reflection;
using Orleans.Activations;
using Orleans.Serialization.Invocation;
using Orleans.Silos;

namespace Orleans.Runtime;

/// <summary>A request on its way from a reference to an activation, and the place where its answer arrives.</summary>
internal abstract class Call(CallMethod method, GrainReference target, SiloRuntime caller) : ActivationWork, IInvokable
{
    public CallMethod Method => method;

    public GrainReference Target => target;

    public GrainId TargetId => target.GrainId;

    /// <summary>The silo that the call was made on; it keeps the time limit.</summary>
    public SiloRuntime Caller => caller;

    /// <summary>The grain that made the call, or null.</summary>
    public GrainId? Source { get; init; }

    public RequestContext.RequestValues? Values { get; set; }

    /// <summary>How often the call was sent on because it had come to the wrong place.</summary>
    public int Hops { get; set; }

    /// <summary>When the time limit ends, as a timestamp of the caller's clock; with the links of the queue of calls that have the same limit.</summary>
    public long Deadline { get; set; }

    public Call? Earlier { get; set; }

    public Call? Later { get; set; }

    public TimeLimit? Limit { get; set; }

    public override CallTraits Traits => method.Traits;

    public override Guid ReentrancyId => Values?.ReentrancyId ?? Guid.Empty;

    public override IInvokable Request => this;

    /// <summary>The activation that runs the call; null before.</summary>
    public Activation? RunningOn { get; protected set; }

    /// <summary>How far the call came, for the message when its time is up.</summary>
    public string Where => RunningOn is { } activation ? $"which runs on {activation.Address.SiloAddress}" : "which has not started";

    /// <summary>Ends the call for its caller with an error; the first end counts.</summary>
    public abstract void Fail(Exception exception);

    /// <summary>Runs on an object that is no grain; never throws.</summary>
    public abstract Task Run(object target, SiloRuntime silo);

    public override void Return(SiloRuntime silo, Exception? reason)
    {
        if (reason is not null)
        {
            Fail(reason);
        }
        else
        {
            // The next activation is a new start, not a wrong turn.
            Hops = 0;
            silo.Send(this);
        }
    }

    public override string ToString() => $"{method.FullName} of {TargetId}";

    object? IInvokable.GetTarget() => RunningOn?.GrainInstance;

    public abstract int GetArgumentCount();

    public abstract object? GetArgument(int index);

    string IInvokable.GetMethodName() => method.Method.Name;

    string IInvokable.GetInterfaceName() => method.Interface.FullName!;

    MethodInfo IInvokable.GetMethod() => method.Method;

    Type IInvokable.GetInterfaceType() => method.Interface;

    TimeSpan? IInvokable.GetDefaultResponseTimeout() => method.Timeout;

    void IDisposable.Dispose()
    {
    }
}
