using Orleans.Activations;
using Orleans.Silos;

namespace Orleans.Runtime;

/// <summary>A call with the types of its arguments and result, wherever its answer goes.</summary>
internal abstract class TypedCall<TArguments, TResult>(CallMethod<TArguments, TResult> method, GrainId target, SiloRuntime caller)
    : Call(method, target, caller)
    where TArguments : struct
{
    protected new CallMethod<TArguments, TResult> Method => method;

    /// <summary>Reads the arguments; throws when they cannot be read.</summary>
    protected abstract TArguments Arguments { get; }

    /// <summary>What the grain's method gets for its token.</summary>
    protected abstract CancellationToken Token { get; }

    public override void Execute(Activation activation)
    {
        RunningOn = activation;
        ValueTask<TResult> result;
        try
        {
            var arguments = Arguments;
            if (Values is not null)
            {
                RequestContext.Current = Values;
            }

            result = activation.HasFilters && !method.OnActivation
                ? new FilteredCall<TArguments, TResult>(this, method, arguments, activation).Run(Token)
                : method.Invoke(method.OnActivation ? activation : activation.GrainInstance!, arguments, Token);
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
        try
        {
            var arguments = Arguments;
            if (Values is not null)
            {
                RequestContext.Current = Values;
            }

            Complete(silo, await method.Invoke(target, arguments, Token).ConfigureAwait(false));
        }
        catch (Exception exception)
        {
            Fail(exception);
        }
    }

    public override int GetArgumentCount() => method.ArgumentCount;

    public override object? GetArgument(int index) => ArgumentTuple.ToArray(Arguments, method.ArgumentCount)[index];

    /// <summary>Gives the result to the caller.</summary>
    protected abstract void Complete(SiloRuntime silo, TResult result);

    /// <summary>The grain ended the call because its caller had cancelled it.</summary>
    protected abstract bool Canceled(OperationCanceledException exception);

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

    private void Fail(Activation activation, Exception exception)
    {
        activation.Failed(exception);
        if (exception is not OperationCanceledException canceled || !Canceled(canceled))
        {
            Fail(exception);
        }
    }
}
