using PairUni.Grains;
using StackExchange.Redis;

namespace PairUni.Silo;

/// <summary>Epochs of a run's learners in Redis: the hash <c>pairuni/CLUSTER/run/RUN/learner</c> with epoch and committed.</summary>
public sealed class RedisFence(IDatabase redis, string prefix, TimeProvider time) : IRunFence
{
    // A hash that was lost (Redis without persistence) begins above all epochs that a clock can have given before.
    private const string EnterScript = """
        local last = tonumber(redis.call('HGET', KEYS[1], 'epoch') or ARGV[1])
        redis.call('HSET', KEYS[1], 'epoch', last + 1)
        return {last + 1, tonumber(redis.call('HGET', KEYS[1], 'committed') or -1)}
        """;

    private const string CheckScript = """
        if tonumber(redis.call('HGET', KEYS[1], 'epoch') or 0) > tonumber(ARGV[1]) then return 0 end
        if ARGV[2] ~= '' then redis.call('HSET', KEYS[1], 'committed', ARGV[2]) end
        return 1
        """;

    private static readonly TimeSpan Limit = TimeSpan.FromMinutes(2);
    private readonly RedisRetry _retry = new(Limit, time);

    public async Task<LearnerEpoch> Enter(string run, CancellationToken cancellationToken)
    {
        var answer = (long[])(await _retry.Do(
            () => redis.ScriptEvaluateAsync(EnterScript, [Key(run)], [time.GetUtcNow().ToUnixTimeSeconds()]), cancellationToken))!;
        return new(answer[0], (int)answer[1]);
    }

    public Task Check(string run, long epoch, CancellationToken cancellationToken) => Pass(run, epoch, "", cancellationToken);

    public Task Commit(string run, long epoch, int step, CancellationToken cancellationToken) => Pass(run, epoch, step, cancellationToken);

    /// <summary>Forgets what was committed; epochs go on.</summary>
    public Task Forget(string run, CancellationToken cancellationToken) =>
        _retry.Do(() => redis.HashDeleteAsync(Key(run), "committed"), cancellationToken);

    internal static string Key(string prefix, string run) => $"{prefix}/run/{run}/learner";

    private async Task Pass(string run, long epoch, RedisValue committed, CancellationToken cancellationToken)
    {
        var passed = (int)await _retry.Do(() => redis.ScriptEvaluateAsync(CheckScript, [Key(run)], [epoch, committed]), cancellationToken);
        if (passed == 0) throw new SupersededException($"A newer learner of the run '{run}' has come up; epoch {epoch} is over.");
    }

    private RedisKey Key(string run) => Key(prefix, run);
}
