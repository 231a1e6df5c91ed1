using System.Collections.Concurrent;
using Orleans.Runtime;

namespace Orleans.Storage;

/// <summary>What one memory storage holds for a cluster.</summary>
internal sealed class MemoryStore
{
    public ConcurrentDictionary<(GrainId Grain, string State), Entry> Entries { get; } = new();

    /// <summary>A stored copy and its tag.</summary>
    internal sealed record Entry(string ETag, object? State);
}
