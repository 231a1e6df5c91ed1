using Orleans.Streams;

namespace Orleans.Runtime;

/// <summary>Options of enumerating a grain's stream.</summary>
public static class AsyncEnumerableExtensions
{
    /// <summary>Fetches at most <paramref name="maxBatchSize"/> items a call (default 100).</summary>
    public static IAsyncEnumerable<T> WithBatchSize<T>(this IAsyncEnumerable<T> self, int maxBatchSize)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(maxBatchSize, 1);
        return self is IBatchedStream<T> stream ? stream.WithBatchSize(maxBatchSize) : self;
    }
}
