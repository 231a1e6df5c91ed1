using PairUni.Contracts;

namespace PairUni.Grains.Tests;

internal sealed class MemoryGroupStore : IGroupStore
{
    private readonly Lock _lock = new();
    private readonly SortedDictionary<GroupKey, OfferGroup> _accepted = [];
    private readonly SortedDictionary<GroupKey, GroupSettled> _dropped = [];

    public Task Put(OfferGroup group, long epoch, CancellationToken cancellationToken)
    {
        lock (_lock) _accepted[group.Group.Key] = group;
        return Task.CompletedTask;
    }

    public Task Put(GroupSettled dropped, long epoch, CancellationToken cancellationToken)
    {
        lock (_lock) _dropped[dropped.Key] = dropped;
        return Task.CompletedTask;
    }

    public Task<StoredGroups> Load(string run, CancellationToken cancellationToken)
    {
        lock (_lock) return Task.FromResult(new StoredGroups([.. _accepted.Values], [.. _dropped.Values]));
    }

    public Task Keep(string run, IReadOnlyCollection<GroupKey> keep, long epoch, CancellationToken cancellationToken)
    {
        lock (_lock)
        {
            foreach (var key in _accepted.Keys.Except(keep).ToArray()) _accepted.Remove(key);
            foreach (var key in _dropped.Keys.Except(keep).ToArray()) _dropped.Remove(key);
        }

        return Task.CompletedTask;
    }
}
