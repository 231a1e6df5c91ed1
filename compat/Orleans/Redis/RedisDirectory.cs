using System.Collections.Concurrent;
using Orleans.Runtime;
using StackExchange.Redis;

namespace Orleans.Clustering.Redis;

/// <summary>
/// Where grains are active: one hash of the cluster, a field for each grain. An entry is made only where there is none or the
/// one expected, and only by a silo that the membership table has as active; entries of silos that are gone are replaced.
/// </summary>
internal sealed class RedisDirectory(RedisLink redis, SiloAddress local, Func<SiloAddress, CancellationToken, ValueTask<bool>> isGone, Func<GrainId, ActivationId, bool> isMine)
    : IActivationDirectory
{
    private const int CacheLimit = 100_000;

    // KEYS: directory, members. ARGV: grain, entry, the entry that may be replaced, the silo that registers.
    private const string RegisterScript = """
        local row = redis.call('HGET', KEYS[2], ARGV[4])
        if not row then return 'gone' end
        local status = cjson.decode(row)['Status']
        if status == 'Dead' then return 'gone' end
        local now = redis.call('HGET', KEYS[1], ARGV[1])
        if now and now ~= ARGV[3] then return now end
        redis.call('HSET', KEYS[1], ARGV[1], ARGV[2])
        return ARGV[2]
        """;

    private const string RemoveScript = """
        if redis.call('HGET', KEYS[1], ARGV[1]) == ARGV[2] then return redis.call('HDEL', KEYS[1], ARGV[1]) end
        return 0
        """;

    private const string ReadScript = "return redis.call('HGET', KEYS[1], ARGV[1])";

    private readonly RedisKey _key = $"{redis.ServiceId}/directory/{redis.ClusterId}";
    private readonly ConcurrentDictionary<GrainId, GrainAddress> _elsewhere = new();

    /// <summary>Ends waiting for Redis when the silo stops.</summary>
    public CancellationToken Stopped { get; set; }

    public bool TryGetCached(GrainId grainId, out GrainAddress address) => _elsewhere.TryGetValue(grainId, out address!);

    public async ValueTask<GrainAddress?> Lookup(GrainId grainId)
    {
        if (_elsewhere.TryGetValue(grainId, out var known))
        {
            return known;
        }

        var entry = (string?)await redis.Script(ReadScript, [_key], [grainId.ToString()], Stopped).ConfigureAwait(false);
        if (entry is null)
        {
            return null;
        }

        var address = Parse(grainId, entry);
        if (await isGone(address.SiloAddress!, Stopped).ConfigureAwait(false))
        {
            return null;
        }

        Remember(address);
        return address;
    }

    public async ValueTask<GrainAddress> Register(GrainAddress address)
    {
        var entry = Format(address);
        var replaced = "";
        while (true)
        {
            var now = (string?)await redis.Script(
                RegisterScript, [_key, redis.Key], [address.GrainId.ToString(), entry, replaced, local.ToParsableString()], Stopped).ConfigureAwait(false);
            if (now == entry)
            {
                return address;
            }

            if (now is null or "gone")
            {
                throw new SiloUnavailableException($"{local} is not an active member of its cluster; it cannot activate {address.GrainId}.");
            }

            var holder = Parse(address.GrainId, now);
            var left = holder.SiloAddress!.Equals(local)
                ? !isMine(holder.GrainId, holder.ActivationId)
                : await isGone(holder.SiloAddress, Stopped).ConfigureAwait(false);
            if (!left)
            {
                Remember(holder);
                return holder;
            }

            replaced = now;
        }
    }

    public async ValueTask Unregister(GrainAddress address)
    {
        // An entry that stays behind is replaced by the next activation: not worth waiting long for Redis.
        using var time = new CancellationTokenSource(TimeSpan.FromSeconds(3));
        try
        {
            await redis.Script(RemoveScript, [_key], [address.GrainId.ToString(), Format(address)], time.Token).ConfigureAwait(false);
        }
        catch (Exception exception) when (exception is OperationCanceledException or RedisException or InvalidOperationException)
        {
            // As above.
        }
    }

    public void Forget(GrainId grainId) => _elsewhere.TryRemove(grainId, out _);

    /// <summary>A silo is gone, and with it all that was active there.</summary>
    public void Forget(SiloAddress silo)
    {
        foreach (var entry in _elsewhere)
        {
            if (silo.Equals(entry.Value.SiloAddress))
            {
                _elsewhere.TryRemove(entry);
            }
        }
    }

    private void Remember(GrainAddress address)
    {
        if (address.SiloAddress!.Equals(local))
        {
            return;
        }

        if (_elsewhere.Count >= CacheLimit)
        {
            _elsewhere.Clear();
        }

        _elsewhere[address.GrainId] = address;
    }

    private static string Format(GrainAddress address) => $"{address.SiloAddress!.ToParsableString()}|{address.ActivationId}";

    private static GrainAddress Parse(GrainId grainId, string entry)
    {
        var parts = entry.Split('|');
        return new GrainAddress
        {
            GrainId = grainId,
            SiloAddress = SiloAddress.FromParsableString(parts[0]),
            ActivationId = ActivationId.FromString(parts[1]),
        };
    }
}
