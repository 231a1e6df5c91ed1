using System.Text.Json;
using Microsoft.Extensions.Options;
using Orleans.Clustering.Redis;
using Orleans.Configuration;
using Orleans.Persistence.Redis;
using Orleans.Runtime;
using Orleans.Storage;
using StackExchange.Redis;

namespace Orleans.Persistence;

/// <summary>States as JSON in Redis: a hash for each, with the fields etag and data. While Redis is away, up to 30 s, it is asked again.</summary>
internal sealed class RedisStorage(string name, RedisStorageOptions options, IOptions<ClusterOptions> cluster)
    : IGrainStorage, ILifecycleParticipant<ISiloLifecycle>
{
    private const string ReadScript = "return redis.call('HMGET', KEYS[1], 'etag', 'data')";

    // ARGV: the tag expected ('' for none), the new one, data, expiry in ms or 0. The answer is the tag that holds.
    private const string WriteScript = """
        local now = redis.call('HGET', KEYS[1], 'etag') or ''
        if now == ARGV[2] then return now end
        if now ~= ARGV[1] then return now end
        redis.call('HSET', KEYS[1], 'etag', ARGV[2], 'data', ARGV[3])
        if ARGV[4] ~= '0' then redis.call('PEXPIRE', KEYS[1], ARGV[4]) end
        return ARGV[2]
        """;

    private const string DeleteScript = """
        local now = redis.call('HGET', KEYS[1], 'etag') or ''
        if now == '' then return '' end
        if now ~= ARGV[1] then return now end
        redis.call('DEL', KEYS[1])
        return ''
        """;

    private static readonly JsonSerializerOptions Json = new() { IncludeFields = true };
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan Attempt = TimeSpan.FromSeconds(5);
    private IConnectionMultiplexer? _multiplexer;
    private bool _owned;

    public void Participate(ISiloLifecycle observer) => observer.Subscribe($"Redis storage {name}", options.InitStage, Open, Close);

    public async Task ReadStateAsync<T>(string stateName, GrainId grainId, IGrainState<T> grainState)
    {
        var values = (RedisValue[])(await Script(ReadScript, KeyOf(stateName, grainId)))!;
        var data = values[1];
        grainState.ETag = values[0].IsNull ? null : values[0].ToString();
        grainState.RecordExists = data.HasValue;
        grainState.State = data.HasValue ? JsonSerializer.Deserialize<T>((byte[])data!, Json)! : default!;
    }

    public async Task WriteStateAsync<T>(string stateName, GrainId grainId, IGrainState<T> grainState)
    {
        grainState.ETag = await Write(stateName, grainId, grainState.ETag, JsonSerializer.SerializeToUtf8Bytes(grainState.State, Json));
        grainState.RecordExists = true;
    }

    public async Task ClearStateAsync<T>(string stateName, GrainId grainId, IGrainState<T> grainState)
    {
        if (options.DeleteStateOnClear)
        {
            var holds = (await Script(DeleteScript, KeyOf(stateName, grainId), grainState.ETag ?? "")).ToString();
            if (!string.IsNullOrEmpty(holds))
            {
                throw Changed(stateName, grainId, holds, grainState.ETag);
            }

            grainState.ETag = null;
        }
        else if (grainState.ETag is not null)
        {
            grainState.ETag = await Write(stateName, grainId, grainState.ETag, []);
        }

        grainState.RecordExists = false;
    }

    private async Task<string> Write(string stateName, GrainId grainId, string? etag, byte[] data)
    {
        var next = Guid.NewGuid().ToString("N");
        var holds = (await Script(
            WriteScript, KeyOf(stateName, grainId), etag ?? "", next, data, (long)(options.EntryExpiry?.TotalMilliseconds ?? 0))).ToString();
        return holds == next ? next : throw Changed(stateName, grainId, holds, etag);
    }

    private static InconsistentStateException Changed(string stateName, GrainId grainId, string? stored, string? etag) =>
        new($"State {stateName} of {grainId} was changed since it was read.", string.IsNullOrEmpty(stored) ? "none" : stored, etag ?? "none");

    private RedisKey KeyOf(string stateName, GrainId grainId) =>
        options.GetStorageKey is { } key ? key(stateName, grainId) : $"{cluster.Value.ServiceId}/state/{grainId}/{stateName}";

    private async Task<RedisResult> Script(string script, RedisKey key, params RedisValue[] values)
    {
        var database = (_multiplexer ?? throw new InvalidOperationException($"Storage {name} is used before the silo has been started.")).GetDatabase();
        var end = Environment.TickCount64 + (long)Patience.TotalMilliseconds;
        for (var wait = 20; ; wait = Math.Min(500, wait * 2))
        {
            try
            {
                return await database.ScriptEvaluateAsync(script, [key], values).WaitAsync(Attempt).OffItsThread();
            }
            catch (Exception exception) when (RedisErrors.IsAway(exception))
            {
                if (Environment.TickCount64 > end)
                {
                    throw new RedisStorageException($"Storage {name}: Redis has been away for {Patience.TotalSeconds} s: {exception.Message}", exception);
                }

                await Task.Delay(wait);
            }
        }
    }

    private async Task Open(CancellationToken cancellationToken) => _multiplexer = await RedisErrors.Connect(
        options.ConfigurationOptions,
        async () =>
        {
            var (multiplexer, owned) = await options.CreateMultiplexer(options);
            _owned = owned;
            await multiplexer.GetDatabase().PingAsync();
            return multiplexer;
        },
        (message, inner) => new RedisStorageException($"Storage {name}: {message}", inner));

    private async Task Close(CancellationToken cancellationToken)
    {
        if (_owned && _multiplexer is { } multiplexer)
        {
            await multiplexer.CloseAsync(allowCommandsToComplete: false).WaitAsync(Attempt, cancellationToken);
            (multiplexer as IDisposable)?.Dispose();
        }
    }
}
