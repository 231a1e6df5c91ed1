using PairUni.Contracts;

namespace PairUni.Silo;

/// <summary>Every planned group is trained once or dropped with a reason, in its step and not too old.</summary>
internal sealed class GroupRules(JournalBounds bounds, VersionRules versions, JournalFindings findings)
{
    private readonly HashSet<GroupKey> _planned = [];
    private readonly Dictionary<int, List<GroupKey>> _plannedIn = [];
    private readonly HashSet<GroupKey> _accepted = [];
    private readonly Dictionary<GroupKey, int> _madeBy = [];
    private readonly HashSet<GroupKey> _trained = [];
    private readonly Dictionary<GroupKey, int> _dropped = [];

    /// <summary>Groups planned, each counted once.</summary>
    public IReadOnlySet<GroupKey> Planned => _planned;

    /// <summary>Groups trained in the history that counts.</summary>
    public IReadOnlySet<GroupKey> Trained => _trained;

    /// <summary>Groups dropped in the history that counts.</summary>
    public IEnumerable<GroupKey> Dropped => _dropped.Keys.Where(k => k.Step <= versions.Version);

    /// <summary>Versions that a trained group was behind at most.</summary>
    public int MaxLag { get; private set; }

    public void Plan(GroupKey key)
    {
        if (key.Step - 1 - versions.Version > bounds.MaxLag && versions.Version >= 0)
            findings.Add(JournalRule.NotAhead, $"{key} was planned at version {versions.Version}, max_lag is {bounds.MaxLag}");
        if (!_planned.Add(key)) return;
        if (!_plannedIn.TryGetValue(key.Step, out var step)) _plannedIn.Add(key.Step, step = []);
        step.Add(key);
    }

    public void Claim(GroupKey key, int version)
    {
        MustBePlanned(key, "claimed");
        if (key.Step - 1 - version > bounds.MaxLag)
            findings.Add(JournalRule.NotAhead, $"{key} was leased at version {version}, max_lag is {bounds.MaxLag}");
    }

    public void Accept(GroupKey key, int madeBy)
    {
        MustBePlanned(key, "accepted");
        if (!_accepted.Add(key)) findings.Add(JournalRule.AcceptedOnce, $"{key} was accepted twice");
        else if (key.Step <= versions.Version) findings.Add(JournalRule.AcceptedOnce, $"{key} was accepted when version {versions.Version} was there already");
        // Whoever dropped it before the restore is void with it.
        if (_dropped.TryGetValue(key, out var restores) && restores < versions.Restores) _dropped.Remove(key);
        _madeBy[key] = madeBy;
    }

    public void Train(GroupKey key, int version)
    {
        MustBePlanned(key, "trained");
        if (!_trained.Add(key)) findings.Add(JournalRule.TrainedOnce, $"{key} was trained twice");
        else if (version != key.Step || version != versions.Version + 1)
            findings.Add(JournalRule.TrainedInOrder, $"{key} was trained into version {version}, {versions.Version + 1} was next");
        if (_dropped.Remove(key, out var restores) && restores == versions.Restores)
            findings.Add(JournalRule.TrainedOrDropped, $"{key} was trained after it was dropped");
        if (!_madeBy.TryGetValue(key, out var madeBy))
        {
            findings.Add(JournalRule.TrainedIfAccepted, $"{key} was trained but no offer of it was accepted");
            return;
        }

        var lag = version - 1 - madeBy;
        MaxLag = Math.Max(MaxLag, lag);
        if (lag < 0 || lag > (bounds.MaxLag ?? lag))
            findings.Add(JournalRule.LagBounded, $"{key} was made by version {madeBy} and trained at version {version - 1}, max_lag is {bounds.MaxLag}");
    }

    public void Drop(GroupKey key, string? reason)
    {
        MustBePlanned(key, "dropped");
        if (string.IsNullOrWhiteSpace(reason)) findings.Add(JournalRule.DroppedWithReason, $"{key} was dropped without a reason");
        if (_trained.Contains(key)) findings.Add(JournalRule.TrainedOrDropped, $"{key} was dropped after it was trained");
        _dropped[key] = versions.Restores;
    }

    /// <summary>A step is done: all of it must be accounted for.</summary>
    public void StepDone(int step)
    {
        var planned = _plannedIn.GetValueOrDefault(step) ?? [];
        if (bounds.GroupsPerStep is { } whole && planned.Count != whole)
            findings.Add(JournalRule.PlannedWhole, $"step {step} was done with {planned.Count} groups planned, it has {whole}");
        foreach (var key in planned.Where(k => !_trained.Contains(k) && !_dropped.ContainsKey(k)).Order())
            findings.Add(JournalRule.NoneLeftBehind, $"{key} was neither trained nor dropped when version {step} was published");
    }

    /// <summary>What came after the version is void.</summary>
    public void Restored(int version)
    {
        _accepted.Clear();
        foreach (var key in _trained.Where(k => k.Step > version).ToArray()) _trained.Remove(key);
    }

    private void MustBePlanned(GroupKey key, string what)
    {
        if (!_planned.Contains(key)) findings.Add(JournalRule.PlannedFirst, $"{key} was {what} but never planned");
    }
}
