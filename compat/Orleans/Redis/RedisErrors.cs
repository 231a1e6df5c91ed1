using StackExchange.Redis;

namespace Orleans.Clustering.Redis;

/// <summary>Which errors of Redis pass, and what the others mean.</summary>
internal static class RedisErrors
{
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

    /// <summary>Connects within 15 s; what goes wrong is said in one sentence.</summary>
    public static async Task<IConnectionMultiplexer> Connect(
        ConfigurationOptions? configuration, Func<Task<IConnectionMultiplexer>> connect, Func<string, Exception, Exception> error)
    {
        if (configuration is null)
        {
            throw error("No Redis server is configured; set ConfigurationOptions.", new InvalidOperationException());
        }

        var where = string.Join(", ", configuration.EndPoints.Select(one => one.ToString()!.Replace("Unspecified/", "", StringComparison.Ordinal)));
        try
        {
            return await connect().WaitAsync(TimeSpan.FromSeconds(15)).OffItsThread();
        }
        catch (Exception exception) when (exception is RedisException or TimeoutException or RedisServerException)
        {
            var text = exception.ToString();
            var why = text.Contains("WRONGPASS", StringComparison.Ordinal) || text.Contains("invalid password", StringComparison.OrdinalIgnoreCase)
                || text.Contains("NOAUTH", StringComparison.Ordinal) || text.Contains("AuthenticationFailure", StringComparison.Ordinal)
                ? "refuses the password (or asks for one); correct it"
                : "cannot be reached; start it or correct the address";
            throw error($"Redis at {where} {why}.", exception);
        }
    }
}
