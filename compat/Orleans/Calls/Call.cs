using System.Buffers;
using System.Reflection;
using Orleans.Activations;
using Orleans.Networking;
using Orleans.Serialization.Invocation;
using Orleans.Silos;
using Orleans.Wire;

namespace Orleans.Runtime;

/// <summary>A request on its way from a reference to an activation, and the place where its answer arrives.</summary>
internal abstract class Call(CallMethod method, GrainId targetId, SiloRuntime caller) : ActivationWork, IInvokable
{
    private Connection? _over;
    private ulong _overId;

    public CallMethod Method => method;

    public GrainId TargetId => targetId;

    /// <summary>The reference through which it was called.</summary>
    public abstract GrainReference Target { get; }

    /// <summary>The silo (of this process) that the call was made on or came to; it keeps the time limit.</summary>
    public SiloRuntime Caller => caller;

    /// <summary>Nobody gets an answer.</summary>
    public bool IsOneWay => (Traits & CallTraits.OneWay) != 0;

    /// <summary>Another silo chose this one for it: it is run here or goes back there.</summary>
    public virtual bool IsFromSilo => false;

    /// <summary>The caller may cancel it.</summary>
    public abstract bool IsCancellable { get; }

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

    /// <summary>Writes values and arguments as a body.</summary>
    public abstract void WriteBody(FrameBuffer frame, WireOptions options);

    /// <summary>Whether <see cref="WriteBody"/> writes request values first.</summary>
    public virtual bool HasValues => Values is not null;

    /// <summary>Milliseconds that are left for it; 0: no limit.</summary>
    public virtual ulong TimeToLive => Limit is { } limit ? limit.Milliseconds : 0;

    /// <summary>Its answer came over the wire. Must not keep <paramref name="body"/>.</summary>
    public abstract void Answered(FrameKind kind, in ReadOnlySequence<byte> body, WireOptions options);

    /// <summary>Another silo sent it here by mistake: that one looks again.</summary>
    public virtual void SendBack() => throw new NotSupportedException();

    /// <summary>Where it was sent, so that an early end is known there too.</summary>
    public void SentOver(Connection connection, ulong id)
    {
        _overId = id;
        Volatile.Write(ref _over, connection);
    }

    /// <summary>It has ended here; the other side is told if it may matter there.</summary>
    protected void LeaveConnection(bool cancel)
    {
        if (Volatile.Read(ref _over) is { } connection)
        {
            connection.Forget(_overId, cancel);
        }
    }

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
