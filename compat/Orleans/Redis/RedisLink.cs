using Microsoft.Extensions.Options;
using Orleans.Configuration;
using Orleans.Membership;
using StackExchange.Redis;

namespace Orleans.Clustering.Redis;

/// <summary>The cluster's connection to Redis. What fails because Redis is away is tried again until it is back or the caller's time is up.</summary>
internal sealed class RedisLink(IOptions<RedisClusteringOptions> options, IOptions<ClusterOptions> cluster, MembershipLog log) : IAsyncDisposable
{
    private static readonly TimeSpan Attempt = TimeSpan.FromSeconds(5);
    private IConnectionMultiplexer? _multiplexer;
    private bool _owned;
    private int _away;

    /// <summary>Redis is back after it was away.</summary>
    public event Action? Restored;

    public string Key { get; } = options.Value.CreateRedisKey(cluster.Value).ToString();

    public string ServiceId => cluster.Value.ServiceId;

    public string ClusterId => cluster.Value.ClusterId;

    public TimeSpan? Expiry => options.Value.EntryExpiry;

    public IConnectionMultiplexer Multiplexer =>
        _multiplexer ?? throw new InvalidOperationException("Redis is used before the silo has been started.");

    /// <summary>Connects; throws a <see cref="RedisClusteringException"/> that says what is wrong.</summary>
    public async Task Open()
    {
        if (_multiplexer is not null)
        {
            return;
        }

        _multiplexer = await RedisErrors.Connect(options.Value.ConfigurationOptions, async () =>
        {
            var (multiplexer, owned) = await options.Value.CreateMultiplexer(options.Value);
            _owned = owned;
            await multiplexer.GetDatabase().PingAsync();
            return multiplexer;
        }, (message, inner) => new RedisClusteringException(message, inner));
        _multiplexer.ConnectionRestored += (_, _) => Restored?.Invoke();
    }

    /// <summary>Runs a script, again and again while Redis is away. It must not matter whether it runs twice.</summary>
    public async Task<RedisResult> Script(string script, RedisKey[] keys, RedisValue[] values, CancellationToken cancellationToken)
    {
        var wait = TimeSpan.FromMilliseconds(20);
        while (true)
        {
            cancellationToken.ThrowIfCancellationRequested();
            try
            {
                var result = await Multiplexer.GetDatabase().ScriptEvaluateAsync(script, keys, values).WaitAsync(Attempt, cancellationToken).OffItsThread();
                if (_away != 0 && Interlocked.Exchange(ref _away, 0) != 0)
                {
                    log.RedisBack();
                }

                return result;
            }
            catch (Exception exception) when (RedisErrors.IsAway(exception) && !cancellationToken.IsCancellationRequested)
            {
                if (Interlocked.Exchange(ref _away, 1) == 0)
                {
                    log.RedisAway(exception.Message);
                }

                await Task.Delay(wait, cancellationToken).ConfigureAwait(false);
                wait = TimeSpan.FromMilliseconds(Math.Min(500, wait.TotalMilliseconds * 2));
            }
        }
    }

    public async ValueTask DisposeAsync()
    {
        if (_owned && _multiplexer is { } multiplexer)
        {
            try
            {
                await multiplexer.CloseAsync(allowCommandsToComplete: false).WaitAsync(Attempt);
            }
            catch (Exception exception) when (RedisErrors.IsAway(exception) || exception is ObjectDisposedException)
            {
                // It was away already.
            }

            (multiplexer as IDisposable)?.Dispose();
        }
    }
}
