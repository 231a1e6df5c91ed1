using StackExchange.Redis;

namespace Orleans.Clustering.Redis;

/// <summary>Which errors of Redis pass, and what the others mean.</summary>
internal static class RedisErrors
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);

    /// <summary>Redis' client completes tasks one after the other: what follows must not run there, or one that waits would end all others.</summary>
    public static async Task<T> OffItsThread<T>(this Task<T> task)
    {
        try
        {
            return await task.ConfigureAwait(false);
        }
        finally
        {
            await Task.CompletedTask.ConfigureAwait(ConfigureAwaitOptions.ForceYielding);
        }
    }

    /// <summary>Redis is not there now but may be back soon: unreachable, restarting, loading its data.</summary>
    public static bool IsAway(Exception exception) => exception switch
    {
        RedisConnectionException or TimeoutException or TaskCanceledException => true,
        RedisServerException server => server.Message.StartsWith("LOADING", StringComparison.Ordinal)
            || server.Message.StartsWith("NOSCRIPT", StringComparison.Ordinal)
            || server.Message.StartsWith("BUSY", StringComparison.Ordinal)
            || server.Message.StartsWith("MASTERDOWN", StringComparison.Ordinal)
            || server.Message.StartsWith("READONLY", StringComparison.Ordinal),
        AggregateException aggregate => aggregate.InnerExceptions.All(IsAway),
        _ => false,
    };

    /// <summary>Connects, trying for 5 s because it may just be restarting; what goes wrong is said in one sentence.</summary>
    public static async Task<IConnectionMultiplexer> Connect(
        ConfigurationOptions? configuration, Func<Task<IConnectionMultiplexer>> connect, Func<string, Exception, Exception> error)
    {
        if (configuration is null)
        {
            throw error("No Redis server is configured; set ConfigurationOptions.", new InvalidOperationException());
        }

        var until = Environment.TickCount64 + (long)Patience.TotalMilliseconds;
        var where = string.Join(", ", configuration.EndPoints.Select(one => one.ToString()!.Replace("Unspecified/", "", StringComparison.Ordinal)));
        while (true)
        {
            try
            {
                return await connect().WaitAsync(TimeSpan.FromSeconds(15)).OffItsThread();
            }
            catch (Exception exception) when (exception is RedisException or TimeoutException)
            {
                if (await RedisPassword.IsRefused(configuration).ConfigureAwait(false))
                {
                    throw error($"Redis at {where} refuses the password (or asks for one); correct it.", exception);
                }

                if (Environment.TickCount64 > until)
                {
                    throw error($"Redis at {where} cannot be reached; start it or correct the address.", exception);
                }

                await Task.Delay(200).ConfigureAwait(false);
            }
        }
    }
}
