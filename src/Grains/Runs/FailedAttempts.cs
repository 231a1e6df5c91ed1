using PairUni.Contracts;

namespace PairUni.Grains;

/// <summary>
/// Failed attempts at each group. A group that failed at a worker goes to others first; it is given up when it was tried three times and
/// failed everywhere: at each worker that gets work, or at three of them.
/// </summary>
public sealed class FailedAttempts
{
    /// <summary>Times that a group may be tried and fail.</summary>
    public const int Most = 3;

    private readonly Dictionary<GroupKey, List<string>> _workers = [];

    /// <summary>Counts one; returns the number of attempts when the group should be given up.</summary>
    /// <param name="key">The group.</param>
    /// <param name="worker">Where it failed.</param>
    /// <param name="eligible">The workers that get work.</param>
    public int? Add(GroupKey key, string worker, IEnumerable<string> eligible)
    {
        if (!_workers.TryGetValue(key, out var tried)) _workers.Add(key, tried = []);
        tried.Add(worker);
        return tried.Count >= Most && (tried.Distinct().Count() >= Most || eligible.All(tried.Contains)) ? tried.Count : null;
    }

    /// <summary>Whether a worker leaves a group to others: it failed there, and somebody is left who has not tried.</summary>
    public bool IsForOthers(GroupKey key, string worker, IEnumerable<string> eligible) =>
        _workers.TryGetValue(key, out var tried) && tried.Contains(worker) && !eligible.All(tried.Contains);

    /// <summary>A worker turned out to be the fault: what failed there proves nothing of the groups.</summary>
    public void Forgive(string worker)
    {
        foreach (var tried in _workers.Values) tried.RemoveAll(w => w == worker);
    }

    /// <summary>Forgets the groups of steps up to <paramref name="step"/>.</summary>
    public void ForgetThrough(int step)
    {
        foreach (var key in _workers.Keys.Where(k => k.Step <= step).ToArray()) _workers.Remove(key);
    }
}
