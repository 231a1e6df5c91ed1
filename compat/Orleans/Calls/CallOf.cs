using Orleans.Activations;
using Orleans.Silos;

namespace Orleans.Runtime;

/// <summary>A call with the types of its arguments and result.</summary>
internal sealed class Call<TArguments, TResult> : Call
    where TArguments : struct
{
    private readonly CallMethod<TArguments, TResult> _method;
    private readonly TArguments _arguments;
    private readonly TaskCompletionSource<TResult> _answer = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly CancellationToken _callerToken;
    private readonly CancellationTokenSource? _cancellation;
    private readonly CancellationTokenRegistration _registration;

    public Call(CallMethod<TArguments, TResult> method, GrainReference target, SiloRuntime caller, TArguments arguments, CancellationToken callerToken)
        : base(method, target, caller)
    {
        _method = method;
        _arguments = arguments;
        _callerToken = callerToken;
        if (callerToken.CanBeCanceled)
        {
            _cancellation = new CancellationTokenSource();
            _registration = callerToken.UnsafeRegister(static call => ((Call<TArguments, TResult>)call!).Cancel(), this);
        }
    }

    public Task<TResult> Answer => _answer.Task;

    public override bool IsAbandoned => _answer.Task.IsCompleted && (Traits & CallTraits.OneWay) == 0;

    public override void Execute(Activation activation)
    {
        RunningOn = activation;
        if (Values is not null)
        {
            RequestContext.Current = Values;
        }

        ValueTask<TResult> result;
        try
        {
            result = activation.HasFilters && !_method.OnActivation
                ? new FilteredCall<TArguments, TResult>(this, _method, _arguments, activation).Run(_cancellation?.Token ?? default)
                : _method.Invoke(_method.OnActivation ? activation : activation.GrainInstance!, _arguments, _cancellation?.Token ?? default);
            if (!result.IsCompletedSuccessfully)
            {
                _ = Await(activation, result);
                return;
            }

            Complete(activation.Silo, result.Result);
        }
        catch (Exception exception)
        {
            Fail(activation, exception);
        }

        activation.Finished(this);
    }

    public override async Task Run(object target, SiloRuntime silo)
    {
        if (Values is not null)
        {
            RequestContext.Current = Values;
        }

        try
        {
            Complete(silo, await _method.Invoke(target, _arguments, _cancellation?.Token ?? default).ConfigureAwait(false));
        }
        catch (Exception exception)
        {
            Fail(exception);
        }
    }

    public override void Fail(Exception exception)
    {
        if (_answer.TrySetException(exception))
        {
            Close();
            if ((Traits & CallTraits.OneWay) != 0)
            {
                _ = _answer.Task.Exception;
                Caller.Log.OneWayFailed(ToString(), exception);
            }
        }
    }

    public override int GetArgumentCount() => _method.ArgumentCount;

    public override object? GetArgument(int index) => ArgumentTuple.ToArray(_arguments, _method.ArgumentCount)[index];

    private async Task Await(Activation activation, ValueTask<TResult> result)
    {
        try
        {
            Complete(activation.Silo, await result);
        }
        catch (Exception exception)
        {
            Fail(activation, exception);
        }

        activation.Finished(this);
    }

    private void Complete(SiloRuntime silo, TResult result)
    {
        if (!_method.SharesResult && !_answer.Task.IsCompleted)
        {
            result = silo.Copier.Copy(result);
        }

        if (_answer.TrySetResult(result))
        {
            Close();
        }
    }

    private void Fail(Activation activation, Exception exception)
    {
        activation.Failed(exception);
        if (exception is OperationCanceledException canceled && _cancellation is { IsCancellationRequested: true })
        {
            _answer.TrySetException(canceled);
            Close();
            return;
        }

        Fail(exception);
    }

    // The caller goes on at once; the grain learns of it as a turn of its own.
    private void Cancel()
    {
        if (_answer.TrySetCanceled(_callerToken))
        {
            Close();
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

    private void Close()
    {
        Limit?.Remove(this);
        if (_callerToken.CanBeCanceled)
        {
            _registration.Unregister();
        }
    }
}
