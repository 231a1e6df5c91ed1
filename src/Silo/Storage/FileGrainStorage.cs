using System.Security.Cryptography;
using MessagePack;
using Orleans;
using Orleans.Runtime;
using Orleans.Storage;

namespace PairUni.Silo;

/// <summary>
/// Grain state as one file each: <c>&lt;root&gt;/&lt;grain type&gt;/&lt;key&gt;/&lt;state name&gt;.msgpack</c>, replaced whole. The entity tag is the hash of
/// the content, so a write on top of somebody else's is refused.
/// </summary>
public sealed class FileGrainStorage(string root) : IGrainStorage
{
    public async Task ReadStateAsync<T>(string stateName, GrainId grainId, IGrainState<T> grainState)
    {
        var bytes = await Read(FileOf(stateName, grainId));
        grainState.RecordExists = bytes is not null;
        grainState.ETag = Tag(bytes)!;
        grainState.State = bytes is null ? Activator.CreateInstance<T>() : MessagePackSerializer.Deserialize<T>(bytes);
    }

    public async Task WriteStateAsync<T>(string stateName, GrainId grainId, IGrainState<T> grainState)
    {
        var file = FileOf(stateName, grainId);
        await Check(file, grainState.ETag);
        var bytes = MessagePackSerializer.Serialize(grainState.State);
        Directory.CreateDirectory(Path.GetDirectoryName(file)!);
        Modeling.Files.AtomicFile.Write(file, bytes);
        (grainState.ETag, grainState.RecordExists) = (Tag(bytes)!, true);
    }

    public async Task ClearStateAsync<T>(string stateName, GrainId grainId, IGrainState<T> grainState)
    {
        var file = FileOf(stateName, grainId);
        await Check(file, grainState.ETag);
        File.Delete(file);
        (grainState.ETag, grainState.RecordExists, grainState.State) = (null!, false, Activator.CreateInstance<T>());
    }

    private static async Task Check(string file, string? expected)
    {
        var stored = Tag(await Read(file));
        if (stored != expected) throw new InconsistentStateException($"{file} was written by another activation.", stored ?? "none", expected ?? "none");
    }

    private static async Task<byte[]?> Read(string file) => File.Exists(file) ? await File.ReadAllBytesAsync(file) : null;

    private static string? Tag(byte[]? bytes) => bytes is null ? null : Convert.ToHexStringLower(SHA256.HashData(bytes));

    private string FileOf(string stateName, GrainId grainId) => Path.Combine(
        root, Escape(grainId.Type.ToString()!), Escape(grainId.Key.ToString()), Escape(stateName) + ".msgpack");

    // Keys may hold slashes and dots; a key must never name a file elsewhere.
    private static string Escape(string name) => "_" + Uri.EscapeDataString(name).Replace(".", "%2E");
}
