using System.Buffers;
using Orleans.Runtime;
using Orleans.Silos;
using Orleans.Wire;

namespace Orleans.Networking;

/// <summary>What a request's header says.</summary>
internal readonly record struct RequestHeader(ulong Id, bool HasValues, bool IsCancellable, bool IsOneWay, ulong TimeToLive, GrainId Target, GrainId? Source);

/// <summary>A call that came over a connection, as that connection sees it.</summary>
internal interface IArrivedCall
{
    /// <summary>The caller has cancelled it.</summary>
    void CancelledByCaller();
}

/// <summary>
/// A call that came over a connection: it runs on an activation here, or (from a client) is passed on to another silo as the
/// bytes that it came in. Its answer goes back over the connection.
/// </summary>
internal sealed class ArrivedCall<TArguments, TResult> : TypedCall<TArguments, TResult>, IArrivedCall
    where TArguments : struct
{
    private readonly Connection _from;
    private readonly ulong _id;
    private readonly bool _hasValues;
    private readonly ulong _timeToLive;
    private readonly long _expires;
    private readonly CancellationTokenSource? _cancellation;
    private byte[]? _body;
    private readonly int _length;
    private TArguments _arguments;
    private int _answered;

    public ArrivedCall(CallMethod<TArguments, TResult> method, Connection from, in RequestHeader header, in ReadOnlySequence<byte> body)
        : base(method, header.Target, from.Silo)
    {
        _from = from;
        _id = header.Id;
        _hasValues = header.HasValues;
        _timeToLive = header.TimeToLive;
        _expires = header.TimeToLive == 0 ? long.MaxValue : Environment.TickCount64 + (long)Math.Min(header.TimeToLive, int.MaxValue);
        Source = header.Source;
        _length = (int)body.Length;
        _body = ArrayPool<byte>.Shared.Rent(_length);
        body.CopyTo(_body);
        if (header.IsCancellable && method.Token is not null)
        {
            _cancellation = new CancellationTokenSource();
        }

        if (_hasValues)
        {
            // Which calls may enter beside it depends on them.
            _ = Arguments;
        }
    }

    public override GrainReference Target => (GrainReference)Caller.References.Create(Method.Interface, TargetId);

    public override bool IsFromSilo => !_from.IsClient;

    public override bool IsCancellable => _cancellation is not null;

    public override bool IsAbandoned => Volatile.Read(ref _answered) != 0 || Environment.TickCount64 > _expires;

    public override bool HasValues => _body is not null ? _hasValues : Values is not null;

    public override ulong TimeToLive => _timeToLive;

    protected override CancellationToken Token => _cancellation?.Token ?? default;

    // Read when it first runs, on the activation's thread rather than the connection's.
    protected override TArguments Arguments
    {
        get
        {
            if (_body is { } body)
            {
                _arguments = CallBody.Read<TArguments>(body.AsMemory(0, _length), _hasValues, _from.Options, out var values);
                Values = values;
                _body = null;
                ArrayPool<byte>.Shared.Return(body);
            }

            return _arguments;
        }
    }

    public override void WriteBody(FrameBuffer frame, WireOptions options)
    {
        if (_body is { } body)
        {
            frame.Append(body.AsSpan(0, _length));
        }
        else
        {
            CallBody.Write(frame, Values, _arguments, options);
        }
    }

    public override void Answered(FrameKind kind, in ReadOnlySequence<byte> body, WireOptions options)
    {
        if (kind == FrameKind.Elsewhere)
        {
            Caller.SendElsewhere(this);
        }
        else if (End())
        {
            _from.SendAnswer(_id, kind, body);
        }
    }

    public override void Fail(Exception exception)
    {
        if (End())
        {
            _from.SendFailure(_id, exception);
        }
        else if (IsOneWay)
        {
            Caller.Log.OneWayFailed(ToString(), exception);
        }
    }

    public override void Return(SiloRuntime silo, Exception? reason)
    {
        if (reason is null && IsFromSilo)
        {
            SendBack();
        }
        else
        {
            base.Return(silo, reason);
        }
    }

    public override void SendBack()
    {
        if (End())
        {
            _from.SendElsewhere(_id);
        }
        else if (IsOneWay)
        {
            // Nobody waits at the other end who could look again.
            Caller.SendElsewhere(this);
        }
    }

    public void CancelledByCaller()
    {
        if (_cancellation is not { } source)
        {
            return;
        }

        Interlocked.Exchange(ref _answered, 1);
        Limit?.Remove(this);
        LeaveConnection(cancel: true);
        if (RunningOn is { } activation)
        {
            activation.Scheduler.QueueAction(source.Cancel);
        }
        else
        {
            source.Cancel();
        }
    }

    protected override void Complete(SiloRuntime silo, TResult result)
    {
        if (End())
        {
            _from.SendResult(_id, result, Method.FullName);
        }
    }

    protected override bool Canceled(OperationCanceledException exception) => false;

    private bool End()
    {
        if (IsOneWay || Interlocked.Exchange(ref _answered, 1) != 0)
        {
            return false;
        }

        Limit?.Remove(this);
        LeaveConnection(cancel: false);
        if (_cancellation is not null)
        {
            _from.CallEnded(_id);
        }

        return true;
    }
}
