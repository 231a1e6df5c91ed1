using Orleans.Runtime;
using StackExchange.Redis;

namespace Orleans.Persistence;

/// <summary>A Redis server that keeps states.</summary>
public class RedisStorageOptions
{
    /// <summary>Whether clearing a state removes its entry; else an empty one stays, whose tag later writes must know. Default false.</summary>
    public bool DeleteStateOnClear { get; set; }

    /// <summary>The silo's stage at which it connects.</summary>
    public int InitStage { get; set; } = ServiceLifecycleStage.ApplicationServices;

    /// <summary>Server, password and so on.</summary>
    public ConfigurationOptions? ConfigurationOptions { get; set; }

    /// <summary>Makes the connection; the second value says whether the storage owns it and closes it.</summary>
    public Func<RedisStorageOptions, Task<(IConnectionMultiplexer, bool)>> CreateMultiplexer { get; set; } = DefaultCreateMultiplexer;

    /// <summary>How long a state outlives its last write; null: for ever.</summary>
    public TimeSpan? EntryExpiry { get; set; }

    /// <summary>The key of a state; null: <c>service/state/grain/name</c>.</summary>
    public Func<string, GrainId, RedisKey>? GetStorageKey { get; set; }

    /// <summary>A connection of the storage's own.</summary>
    public static async Task<(IConnectionMultiplexer, bool)> DefaultCreateMultiplexer(RedisStorageOptions options) =>
        (await ConnectionMultiplexer.ConnectAsync(options.ConfigurationOptions!), true);
}
