using MessagePack;
using PairUni.Contracts;
using PairUni.Grains;

namespace PairUni.Silo;

/// <summary>
/// Open steps' groups as one file each under a folder: <c>000012-00003-generate.group</c> (the offer) or <c>.dropped</c>.
/// The folder belongs to one process, so epochs do not matter here. A file that cannot be read is as if it were not there: its group is made again.
/// </summary>
public sealed class FileGroupStore(string folder) : IGroupStore
{
    private const string Group = ".group";
    private const string Drop = ".dropped";

    public Task Put(OfferGroup group, long epoch, CancellationToken cancellationToken) => Write(group.Group.Key, Group, group, cancellationToken);

    public Task Put(GroupSettled dropped, long epoch, CancellationToken cancellationToken) => Write(dropped.Key, Drop, dropped, cancellationToken);

    public async Task<StoredGroups> Load(string run, CancellationToken cancellationToken)
    {
        var accepted = await Read<OfferGroup>(Group, cancellationToken);
        var dropped = await Read<GroupSettled>(Drop, cancellationToken);
        return new(
            [.. accepted.Where(o => o.Group.Key.Run == run).OrderBy(o => o.Group.Key)],
            [.. dropped.Where(d => d.Key.Run == run).OrderBy(d => d.Key)]);
    }

    public Task Keep(string run, IReadOnlyCollection<GroupKey> keep, long epoch, CancellationToken cancellationToken)
    {
        if (!Directory.Exists(folder)) return Task.CompletedTask;
        var names = keep.Select(Name).ToHashSet();
        foreach (var file in Directory.EnumerateFiles(folder))
        {
            // Up to the first dot: a group that is being put has a file that ends in .group.tmp.
            if (!names.Contains(Path.GetFileName(file).Split('.')[0])) File.Delete(file);
        }

        return Task.CompletedTask;
    }

    private static string Name(GroupKey key) => $"{key.Step:D6}-{key.Pair:D5}-{key.Task}".ToLowerInvariant();

    private async Task Write<T>(GroupKey key, string extension, T value, CancellationToken cancellationToken)
    {
        Directory.CreateDirectory(folder);
        var bytes = MessagePackSerializer.Serialize(value, cancellationToken: cancellationToken);
        var path = Path.Combine(folder, Name(key) + extension);
        // Renamed into place but not synced: a process that is killed loses nothing, a power cut costs making the group again.
        await File.WriteAllBytesAsync(path + ".tmp", bytes, cancellationToken);
        File.Move(path + ".tmp", path, overwrite: true);
    }

    private async Task<List<T>> Read<T>(string extension, CancellationToken cancellationToken)
    {
        var values = new List<T>();
        if (!Directory.Exists(folder)) return values;
        foreach (var file in Directory.EnumerateFiles(folder, "*" + extension))
        {
            try
            {
                values.Add(MessagePackSerializer.Deserialize<T>(await File.ReadAllBytesAsync(file, cancellationToken), cancellationToken: cancellationToken));
            }
            catch (MessagePackSerializationException)
            {
                // A power cut left a hole: the group is made again.
            }
        }

        return values;
    }
}
