using System.Text.Json;
using Orleans.Runtime;
using Orleans.Serialization;
using Orleans.Silos;

namespace Orleans.Storage;

/// <summary>Keeps copies of states in the cluster's memory; types that messages cannot carry are kept as JSON.</summary>
internal sealed class MemoryStorage(string name, SiloRuntime silo, DeepCopier copier) : IGrainStorage
{
    private static readonly JsonSerializerOptions Json = new() { IncludeFields = true };

    private MemoryStore Store => silo.Cluster.Memory(name);

    public Task ReadStateAsync<T>(string stateName, GrainId grainId, IGrainState<T> grainState)
    {
        var entry = Store.Entries.GetValueOrDefault((grainId, stateName));
        grainState.State = entry is null ? default! : Thaw<T>(entry.State);
        grainState.ETag = entry?.ETag;
        grainState.RecordExists = entry is not null;
        return Task.CompletedTask;
    }

    public Task WriteStateAsync<T>(string stateName, GrainId grainId, IGrainState<T> grainState)
    {
        var key = (grainId, stateName);
        var next = new MemoryStore.Entry(Guid.NewGuid().ToString("N"), Freeze(grainState.State));
        var stored = Store.Entries.GetValueOrDefault(key);
        Check(stateName, grainId, stored, grainState.ETag);
        if (stored is null ? !Store.Entries.TryAdd(key, next) : !Store.Entries.TryUpdate(key, next, stored))
        {
            Check(stateName, grainId, Store.Entries.GetValueOrDefault(key), grainState.ETag, lost: true);
        }

        grainState.ETag = next.ETag;
        grainState.RecordExists = true;
        return Task.CompletedTask;
    }

    public Task ClearStateAsync<T>(string stateName, GrainId grainId, IGrainState<T> grainState)
    {
        var key = (grainId, stateName);
        var stored = Store.Entries.GetValueOrDefault(key);
        Check(stateName, grainId, stored, grainState.ETag);
        if (stored is not null && !Store.Entries.TryRemove(KeyValuePair.Create(key, stored)))
        {
            Check(stateName, grainId, Store.Entries.GetValueOrDefault(key), grainState.ETag, lost: true);
        }

        grainState.ETag = null;
        grainState.RecordExists = false;
        return Task.CompletedTask;
    }

    private static void Check(string stateName, GrainId grainId, MemoryStore.Entry? stored, string? etag, bool lost = false)
    {
        if (lost || stored?.ETag != etag)
        {
            throw new InconsistentStateException(
                $"State {stateName} of {grainId} was changed since it was read.", stored?.ETag ?? "none", etag ?? "none");
        }
    }

    private object? Freeze<T>(T state)
    {
        try
        {
            return copier.Copy(state);
        }
        catch (CodecNotFoundException)
        {
            return new Frozen(JsonSerializer.SerializeToUtf8Bytes(state, Json));
        }
    }

    private T Thaw<T>(object? state) => state is Frozen frozen ? JsonSerializer.Deserialize<T>(frozen.Bytes, Json)! : copier.Copy((T)state!);

    private sealed record Frozen(byte[] Bytes);
}
