using PairUni.Contracts;

namespace PairUni.Grains;

/// <summary>
/// Which groups of the open steps the learner has: what <see cref="LearnerGrain"/> decides, without any actor. Whatever the order of
/// the offers, a complete step is the same batch. Not thread-safe.
/// </summary>
/// <param name="spec">The run.</param>
/// <param name="version">Steps done so far.</param>
public sealed class StepCollector(RunSpec spec, int version)
{
    private readonly SortedDictionary<GroupKey, OfferGroup> _held = [];
    private readonly SortedDictionary<GroupKey, string> _dropped = [];
    private readonly Dictionary<int, string> _digests = [];

    /// <summary>Steps done.</summary>
    public int Version { get; private set; } = version;

    /// <summary>Groups held, in the order of their keys.</summary>
    public IReadOnlyCollection<GroupKey> Held => _held.Keys;

    /// <summary>The held groups themselves, in the same order.</summary>
    public IReadOnlyCollection<OfferGroup> Groups => _held.Values;

    /// <summary>Groups dropped and why, in the order of their keys.</summary>
    public IReadOnlyDictionary<GroupKey, string> Dropped => _dropped;

    /// <summary>Whether every group of the next step is held or dropped.</summary>
    public bool IsComplete => Count(_held.Keys) + Count(_dropped.Keys) == OpenSteps.GroupsPerStep(spec);

    /// <summary>Decides about an offer. A failed one is dropped, with its fault as the reason.</summary>
    public OfferOutcome Offer(OfferGroup offer)
    {
        var key = offer.Group.Key;
        if (!IsOfThisRun(key) || key.Step > OpenSteps.Last(spec, Version)) return OfferOutcome.Stale;
        if (key.Step <= Version || _held.ContainsKey(key) || _dropped.ContainsKey(key)) return OfferOutcome.Duplicate;
        var madeBy = offer.Group.PolicyVersion;
        if (madeBy < 0 || madeBy > Version || OpenSteps.IsStale(spec, madeBy, key.Step)) return OfferOutcome.Stale;
        if (_digests.TryGetValue(madeBy, out var digest) && digest != offer.Group.PolicyDigest) return OfferOutcome.Stale;
        if (OfferCheck.Fault(offer) is { } fault)
        {
            _dropped.Add(key, fault);
            return OfferOutcome.Failed;
        }

        _held.Add(key, offer);
        return OfferOutcome.Accepted;
    }

    /// <summary>A version has these weights: what was made with others of its number, before a crash, is stale.</summary>
    public void Publish(int version, string digest) => _digests[version] = digest;

    /// <summary>Records that a group of an open step will not come; false when it is held, dropped or of no open step.</summary>
    public bool Drop(GroupKey key, string reason) =>
        IsOfThisRun(key) && key.Step > Version && key.Step <= OpenSteps.Last(spec, Version)
        && !_held.ContainsKey(key) && _dropped.TryAdd(key, reason);

    /// <summary>The groups of the next step in the order of their keys.</summary>
    public TrainStep Batch() => new(Version + 1, [.. _held.Where(h => h.Key.Step == Version + 1).Select(h => h.Value)]);

    /// <summary>The next step is done: forgets its groups.</summary>
    public void Commit()
    {
        Version++;
        foreach (var old in _digests.Keys.Where(v => OpenSteps.IsStale(spec, v, Version + 1)).ToArray()) _digests.Remove(old);
        foreach (var key in _held.Keys.Where(k => k.Step <= Version).ToArray()) _held.Remove(key);
        foreach (var key in _dropped.Keys.Where(k => k.Step <= Version).ToArray()) _dropped.Remove(key);
    }

    private bool IsOfThisRun(GroupKey key) => key.Run == spec.Run && key.Step >= 1 && key.Pair >= 0 && key.Pair < spec.PairsPerStep;

    private int Count(IEnumerable<GroupKey> keys) => keys.Count(k => k.Step == Version + 1);
}
