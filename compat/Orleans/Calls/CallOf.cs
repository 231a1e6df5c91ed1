using System.Buffers;
using Orleans.Networking;
using Orleans.Silos;
using Orleans.Wire;

namespace Orleans.Runtime;

/// <summary>A call that was made in this process.</summary>
internal sealed class Call<TArguments, TResult> : TypedCall<TArguments, TResult>
    where TArguments : struct
{
    private readonly GrainReference _target;
    private TArguments _arguments;
    private readonly TaskCompletionSource<TResult> _answer = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly CancellationToken _callerToken;
    private readonly CancellationTokenSource? _cancellation;
    private readonly CancellationTokenRegistration _registration;

    public Call(CallMethod<TArguments, TResult> method, GrainReference target, SiloRuntime caller, TArguments arguments, CancellationToken callerToken)
        : base(method, target.GrainId, caller)
    {
        _target = target;
        _arguments = arguments;
        _callerToken = callerToken;
        if (callerToken.CanBeCanceled)
        {
            _cancellation = new CancellationTokenSource();
            _registration = callerToken.UnsafeRegister(static call => ((Call<TArguments, TResult>)call!).Cancel(), this);
        }
    }

    public Task<TResult> Answer => _answer.Task;

    /// <summary>Takes copies, because the call does not leave at once.</summary>
    public void CopyArguments(Serialization.DeepCopier copier)
    {
        if (Method.Copy is { } copy)
        {
            _arguments = copy(_arguments, copier);
        }
    }

    public override GrainReference Target => _target;

    public override bool IsAbandoned => _answer.Task.IsCompleted && !IsOneWay;

    public override bool IsCancellable => _cancellation is not null;

    protected override TArguments Arguments => _arguments;

    protected override CancellationToken Token => _cancellation?.Token ?? default;

    public override void WriteBody(FrameBuffer frame, WireOptions options) => CallBody.Write(frame, Values, _arguments, options);

    public override void Answered(FrameKind kind, in ReadOnlySequence<byte> body, WireOptions options)
    {
        switch (kind)
        {
            case FrameKind.Result:
                TResult result;
                try
                {
                    result = CallBody.Read<TResult>(body, options);
                }
                catch (Exception exception)
                {
                    Fail(new Serialization.SerializerException($"The result of {this} could not be read: {exception.GetBaseException().Message}", exception));
                    return;
                }

                Succeed(result);
                break;
            case FrameKind.Failure:
                Fail(CallBody.ReadException(body));
                break;
            default:
                Caller.SendElsewhere(this);
                break;
        }
    }

    public override void Fail(Exception exception)
    {
        var ended = exception is OperationCanceledException && _callerToken.IsCancellationRequested
            ? _answer.TrySetCanceled(_callerToken)
            : _answer.TrySetException(exception);
        if (ended)
        {
            Close();
            if (IsOneWay)
            {
                _ = _answer.Task.Exception;
                Caller.Log.OneWayFailed(ToString(), exception);
            }
        }
    }

    protected override void Complete(SiloRuntime silo, TResult result)
    {
        if (!Method.SharesResult && !_answer.Task.IsCompleted)
        {
            result = silo.Copier.Copy(result);
        }

        Succeed(result);
    }

    protected override bool Canceled(OperationCanceledException exception)
    {
        if (_cancellation is not { IsCancellationRequested: true })
        {
            return false;
        }

        _answer.TrySetException(exception);
        Close();
        return true;
    }

    private void Succeed(TResult result)
    {
        if (_answer.TrySetResult(result))
        {
            Close();
        }
    }

    // The caller goes on at once; the grain learns of it as a turn of its own.
    private void Cancel()
    {
        if (_answer.TrySetCanceled(_callerToken))
        {
            Close(cancel: true);
        }

        if (_cancellation is { } source)
        {
            if (RunningOn is { } activation)
            {
                activation.Scheduler.QueueAction(source.Cancel);
            }
            else
            {
                source.Cancel();
            }
        }
    }

    private void Close(bool cancel = false)
    {
        Limit?.Remove(this);
        LeaveConnection(cancel);
        if (_callerToken.CanBeCanceled)
        {
            _registration.Unregister();
        }
    }
}
