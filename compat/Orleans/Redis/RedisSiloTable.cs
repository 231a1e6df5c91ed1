using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization;
using Orleans.Membership;
using Orleans.Runtime;
using StackExchange.Redis;

namespace Orleans.Clustering.Redis;

/// <summary>
/// The membership table: one hash with a row for each silo, a sign of life beside it, and a version that every change of a row
/// must name and raises. Times are those of the server, so that the machines' clocks do not matter.
/// </summary>
internal sealed class RedisSiloTable(RedisLink redis)
{
    private const string VersionField = "Version";
    private const string SignSuffix = "/alive";

    private const string ReadScript = "local t = redis.call('TIME') return {t[1], t[2], redis.call('HGETALL', KEYS[1])}";

    // ARGV: expected version, expiry in ms or 0, then pairs of field and value; an empty value deletes.
    private const string WriteScript = """
        if (redis.call('HGET', KEYS[1], 'Version') or '0') ~= ARGV[1] then return 0 end
        for i = 3, #ARGV, 2 do
            if ARGV[i + 1] == '' then redis.call('HDEL', KEYS[1], ARGV[i], ARGV[i] .. '/alive')
            else redis.call('HSET', KEYS[1], ARGV[i], ARGV[i + 1]) end
        end
        redis.call('HINCRBY', KEYS[1], 'Version', 1)
        if ARGV[2] ~= '0' then redis.call('PEXPIRE', KEYS[1], ARGV[2]) end
        redis.call('PUBLISH', KEYS[1], ARGV[1] + 1)
        return 1
        """;

    private const string SignScript = """
        if redis.replicate_commands then redis.replicate_commands() end
        if redis.call('HEXISTS', KEYS[1], ARGV[1]) == 0 then return -1 end
        local t = redis.call('TIME')
        redis.call('HSET', KEYS[1], ARGV[1] .. '/alive', t[1] * 1000 + math.floor(t[2] / 1000) .. '|' .. ARGV[2])
        return tonumber(redis.call('HGET', KEYS[1], 'Version') or '0')
        """;

    private static readonly JsonSerializerOptions Json = new() { Converters = { new JsonStringEnumConverter() } };

    public async Task<SiloTable> Read(CancellationToken cancellationToken)
    {
        var result = (RedisResult[])(await redis.Script(ReadScript, [redis.Key], [], cancellationToken))!;
        var time = ((long)result[0] * 1000) + ((long)result[1] / 1000);
        var pairs = (RedisValue[])result[2]!;
        var rows = new Dictionary<SiloAddress, SiloRow>();
        var signs = new Dictionary<SiloAddress, LifeSign>();
        var version = 0L;
        for (var i = 0; i + 1 < pairs.Length; i += 2)
        {
            var (field, value) = (pairs[i].ToString(), pairs[i + 1].ToString());
            if (field == VersionField)
            {
                version = long.Parse(value, CultureInfo.InvariantCulture);
            }
            else if (field.EndsWith(SignSuffix, StringComparison.Ordinal))
            {
                var parts = value.Split('|');
                signs[SiloAddress.FromParsableString(field[..^SignSuffix.Length])] =
                    new LifeSign(long.Parse(parts[0], CultureInfo.InvariantCulture), int.Parse(parts[1], CultureInfo.InvariantCulture));
            }
            else
            {
                var row = JsonSerializer.Deserialize<SiloRow>(value, Json)!;
                rows[row.Address] = row;
            }
        }

        return new SiloTable(version, time, rows, signs);
    }

    /// <summary>Writes rows if the table still has that version; false when it has not.</summary>
    public async Task<bool> Write(long version, IEnumerable<SiloRow> rows, IEnumerable<SiloAddress> removed, CancellationToken cancellationToken)
    {
        var values = new List<RedisValue> { version, (long)(redis.Expiry?.TotalMilliseconds ?? 0) };
        foreach (var row in rows)
        {
            values.Add(row.Silo);
            values.Add(JsonSerializer.Serialize(row, Json));
        }

        foreach (var address in removed)
        {
            values.Add(address.ToParsableString());
            values.Add("");
        }

        return (int)await redis.Script(WriteScript, [redis.Key], [.. values], cancellationToken) == 1;
    }

    /// <summary>Says that a silo is alive; the table's version, or null when the table does not know the silo.</summary>
    public async Task<long?> Sign(SiloAddress silo, int activations, CancellationToken cancellationToken)
    {
        var version = (long)await redis.Script(SignScript, [redis.Key], [silo.ToParsableString(), activations], cancellationToken);
        return version < 0 ? null : version;
    }

    /// <summary>Calls <paramref name="changed"/> whenever somebody has changed a row.</summary>
    public async Task Follow(Action changed)
    {
        await redis.Multiplexer.GetSubscriber().SubscribeAsync(redis.Key, (_, _) => changed());
        await Task.CompletedTask.ConfigureAwait(ConfigureAwaitOptions.ForceYielding);
    }
}
