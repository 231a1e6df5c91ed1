using Orleans.Runtime;
using Orleans.Silos;

namespace Orleans.Streams;

/// <summary>What a call that returns IAsyncEnumerable gives its caller: nothing happens until it is enumerated.</summary>
internal sealed class GrainStream<TArguments, TItem>(
    SiloRuntime silo, GrainReference target, CallMethod<TArguments, IAsyncEnumerable<TItem>> method, TArguments arguments, int batchSize = 100)
    : IAsyncEnumerable<TItem>, IBatchedStream<TItem>
    where TArguments : struct
{
    public IAsyncEnumerable<TItem> WithBatchSize(int maxBatchSize) =>
        new GrainStream<TArguments, TItem>(silo, target, method, arguments, maxBatchSize);

    public async IAsyncEnumerator<TItem> GetAsyncEnumerator(CancellationToken cancellationToken = default)
    {
        var id = Guid.NewGuid();
        var calls = StreamCalls<TArguments, TItem>.Of(method);
        using var either = Either(method.Token?.Invoke(arguments) ?? default, cancellationToken);
        var token = either?.Token ?? cancellationToken;
        var ended = false;
        try
        {
            var batch = await silo.Call(calls.Start, target, (id, batchSize, Copied(), token));
            while (true)
            {
                foreach (var item in batch.Items)
                {
                    token.ThrowIfCancellationRequested();
                    yield return item;
                }

                if (batch.Ended)
                {
                    ended = true;
                    yield break;
                }

                batch = await silo.Call(calls.Next, target, (id, batchSize, token));
            }
        }
        finally
        {
            if (!ended)
            {
                try
                {
                    await silo.Call(calls.Stop, target, ValueTuple.Create(id));
                }
                catch (OrleansMessageRejectionException)
                {
                    // The silo has gone, and the grain's side with it.
                }
            }
        }
    }

    private static CancellationTokenSource? Either(CancellationToken given, CancellationToken enumerating) =>
        given.CanBeCanceled ? CancellationTokenSource.CreateLinkedTokenSource(given, enumerating) : null;

    private TArguments Copied() => method.Copy is { } copy ? copy(arguments, silo.Copier) : arguments;
}
