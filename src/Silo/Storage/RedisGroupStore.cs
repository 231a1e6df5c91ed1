using MessagePack;
using PairUni.Contracts;
using PairUni.Grains;
using StackExchange.Redis;

namespace PairUni.Silo;

/// <summary>
/// Open steps' groups as fields of a Redis hash, <c>pairuni/CLUSTER/run/RUN/groups</c>: "g" or "d" and the key, with the offer or the drop.
/// Written only while the writer's epoch is the run's newest.
/// </summary>
public sealed class RedisGroupStore(IDatabase redis, string prefix, TimeProvider time) : IGroupStore
{
    private const string PutScript = """
        if tonumber(redis.call('HGET', KEYS[1], 'epoch') or 0) > tonumber(ARGV[1]) then return 0 end
        redis.call('HSET', KEYS[2], ARGV[2], ARGV[3])
        return 1
        """;

    private const string DeleteScript = """
        if tonumber(redis.call('HGET', KEYS[1], 'epoch') or 0) > tonumber(ARGV[1]) then return 0 end
        for i = 2, #ARGV do redis.call('HDEL', KEYS[2], ARGV[i]) end
        return 1
        """;

    private static readonly TimeSpan Limit = TimeSpan.FromMinutes(2);
    private readonly RedisRetry _retry = new(Limit, time);

    public Task Put(OfferGroup group, long epoch, CancellationToken cancellationToken) =>
        Run(PutScript, group.Group.Key.Run, epoch, ["g " + group.Group.Key, MessagePackSerializer.Serialize(group, cancellationToken: cancellationToken)], cancellationToken);

    public Task Put(GroupSettled dropped, long epoch, CancellationToken cancellationToken) =>
        Run(PutScript, dropped.Key.Run, epoch, ["d " + dropped.Key, MessagePackSerializer.Serialize(dropped, cancellationToken: cancellationToken)], cancellationToken);

    public async Task<StoredGroups> Load(string run, CancellationToken cancellationToken)
    {
        var entries = await _retry.Do(() => redis.HashGetAllAsync(Groups(run)), cancellationToken);
        return new(
            [.. Values<OfferGroup>(entries, "g ").OrderBy(o => o.Group.Key)],
            [.. Values<GroupSettled>(entries, "d ").OrderBy(d => d.Key)]);
    }

    public async Task Keep(string run, IReadOnlyCollection<GroupKey> keep, long epoch, CancellationToken cancellationToken)
    {
        var kept = keep.SelectMany(k => new[] { "g " + k, "d " + k }).ToHashSet(StringComparer.Ordinal);
        var fields = await _retry.Do(() => redis.HashKeysAsync(Groups(run)), cancellationToken);
        RedisValue[] old = [.. fields.Where(f => !kept.Contains(f!))];
        if (old.Length > 0) await Run(DeleteScript, run, epoch, old, cancellationToken);
    }

    /// <summary>Forgets all groups of a run.</summary>
    public Task Forget(string run, CancellationToken cancellationToken) => _retry.Do(() => redis.KeyDeleteAsync(Groups(run)), cancellationToken);

    private static IEnumerable<T> Values<T>(HashEntry[] entries, string kind) => entries
        .Where(e => e.Name.ToString().StartsWith(kind, StringComparison.Ordinal))
        .Select(e => MessagePackSerializer.Deserialize<T>((byte[])e.Value!));

    private async Task Run(string script, string run, long epoch, RedisValue[] values, CancellationToken cancellationToken)
    {
        RedisKey[] keys = [RedisFence.Key(prefix, run), Groups(run)];
        var done = (int)await _retry.Do(() => redis.ScriptEvaluateAsync(script, keys, [epoch, .. values]), cancellationToken);
        if (done == 0) throw new SupersededException($"A newer learner of the run '{run}' has come up; epoch {epoch} is over.");
    }

    private RedisKey Groups(string run) => $"{prefix}/run/{run}/groups";
}
