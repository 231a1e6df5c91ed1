namespace Orleans.Streams;

/// <summary>Items fetched by one call; none of them when the grain took too long for the call's time limit.</summary>
internal sealed record StreamBatch<T>(T[] Items, bool Ended);
