namespace Orleans.Streams;

/// <summary>A stream whose batch size the caller chooses.</summary>
internal interface IBatchedStream<out T>
{
    IAsyncEnumerable<T> WithBatchSize(int maxBatchSize);
}
