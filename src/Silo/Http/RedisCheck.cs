using StackExchange.Redis;

namespace PairUni.Silo;

/// <summary>A silo whose Redis does not answer takes no work.</summary>
public sealed class RedisCheck(IConnectionMultiplexer redis) : IReadinessCheck
{
    public async ValueTask<string?> Obstacle(CancellationToken cancellationToken)
    {
        try
        {
            await redis.GetDatabase().PingAsync().WaitAsync(cancellationToken);
            return null;
        }
        catch (Exception fault) when (fault is RedisException or TimeoutException)
        {
            return $"Redis does not answer ({fault.Message.TrimEnd('.')})";
        }
    }
}
