namespace PairUni.Algorithms;

/// <summary>A worker's right to do one piece of work until a moment.</summary>
public sealed record Lease<TKey>(long Id, TKey Key, string Worker, DateTimeOffset Until);
