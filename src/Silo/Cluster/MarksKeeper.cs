using Microsoft.Extensions.Hosting;
using StackExchange.Redis;

namespace PairUni.Silo;

/// <summary>Renews the cluster's <see cref="ClusterMarks"/> while the silo is there.</summary>
public sealed class MarksKeeper(SiloSettings settings, IConnectionMultiplexer redis, TimeProvider time) : BackgroundService
{
    private static readonly TimeSpan Period = TimeSpan.FromSeconds(5);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        var marks = new ClusterMarks(settings.Cluster, settings.Token, settings.Tls);
        using var period = new PeriodicTimer(Period, time);
        while (await period.WaitForNextTickAsync(stoppingToken))
        {
            try
            {
                await marks.Renew(redis.GetDatabase());
            }
            catch (Exception fault) when (fault is RedisException or TimeoutException)
            {
                // Redis is away; they are renewed when it is back.
            }
        }
    }
}
