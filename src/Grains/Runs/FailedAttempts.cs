using PairUni.Contracts;

namespace PairUni.Grains;

/// <summary>
/// Failed attempts at each group. A group is given up after three, by more than one worker if there are more: one broken worker must not
/// cost the others their groups.
/// </summary>
public sealed class FailedAttempts
{
    /// <summary>Times that a group may be tried and fail.</summary>
    public const int Most = 3;

    private readonly Dictionary<GroupKey, List<string>> _workers = [];

    /// <summary>Counts one; returns the number of attempts when the group should be given up.</summary>
    public int? Add(GroupKey key, string worker, int workers)
    {
        if (!_workers.TryGetValue(key, out var tried)) _workers.Add(key, tried = []);
        tried.Add(worker);
        return tried.Count >= Most && tried.Distinct().Count() >= Math.Min(2, workers) ? tried.Count : null;
    }

    /// <summary>Forgets the groups of steps up to <paramref name="step"/>.</summary>
    public void ForgetThrough(int step)
    {
        foreach (var key in _workers.Keys.Where(k => k.Step <= step).ToArray()) _workers.Remove(key);
    }
}
