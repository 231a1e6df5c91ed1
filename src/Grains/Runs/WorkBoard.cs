using PairUni.Algorithms;
using PairUni.Contracts;

namespace PairUni.Grains;

/// <summary>
/// Which groups of a run are open, leased and settled: what <see cref="RunGrain"/> decides, without any actor. Not thread-safe.
/// Steps are counted from 1; step s may be generated from version s - 1 - max_lag on.
/// </summary>
/// <param name="spec">The run.</param>
/// <param name="pairs">What the groups are made from.</param>
/// <param name="journal">Where it writes what it does.</param>
/// <param name="firstLease">Id of the first lease; a board that follows another one must not give its ids again.</param>
public sealed class WorkBoard(RunSpec spec, IPairSource pairs, IJournal journal, long firstLease = 1)
{
    private readonly FailedAttempts _failures = new();
    private readonly WorkLengths<TaskKind> _lengths = new();
    private readonly WorkerRoll _workers = new(spec, journal);
    private long _since = firstLease;
    private LeaseTable<GroupKey> _table = new(k => k.Step, firstLease);
    private string _digest = "";

    /// <summary>Steps done, as the learner said last; -1 before it said anything.</summary>
    public int Version { get; private set; } = -1;

    public int Open => _table.OpenCount;

    public int Leased => _table.LeasedCount;

    public int Settled => _table.SettledCount;

    public IReadOnlyList<string> Workers => _workers.Names;

    /// <summary>The same workers with what they do.</summary>
    public IEnumerable<WorkerEntry> WorkerEntries => _workers.Entries(_table.HeldBy);

    /// <summary>Leases up to the claimed number of groups, nearest step first and within it the task that takes longest; none before the learner's first word.</summary>
    public IReadOnlyList<GroupLease> Claim(ClaimWork claim, DateTimeOffset now)
    {
        if (!_workers.Seen(claim, now) || Version < 0) return [];
        var max = _workers.Share(claim.Worker, Math.Min(claim.MaxGroups, spec.GroupsPerClaim), _table.OpenCount);
        string[] eligible = [.. _workers.Eligible(now)];
        var leases = _table.Claim(
            claim.Worker, max, OpenSteps.Last(spec, Version), now, spec.LeaseDuration, key => _failures.IsForOthers(key, claim.Worker, eligible));
        if (leases.Count > 0) _workers.Took(claim.Worker, now);
        return [.. leases.Select(Hand)];
    }

    /// <summary>What a claim is answered with.</summary>
    public WorkClaimed Answer(IReadOnlyList<GroupLease> leases, bool ended) => new()
    {
        Leases = [.. leases],
        PolicyVersion = Version,
        PolicyDigest = _digest,
        RunEnded = ended,
        RetryAfter = TimeSpan.Zero,
        Refusal = "",
    };

    /// <summary>Extends a lease; one that the board before this one gave is taken over if its group is still open.</summary>
    public bool Renew(RenewLease renewal, DateTimeOffset now)
    {
        if (Holds(renewal.LeaseId, renewal.Key, renewal.Worker)) return _table.Renew(renewal.LeaseId, now, spec.LeaseDuration);
        var isFromBefore = renewal.LeaseId < _since && renewal.PolicyVersion <= Version && !OpenSteps.IsStale(spec, renewal.PolicyVersion, renewal.Key.Step);
        return isFromBefore && _table.Adopt(renewal.LeaseId, renewal.Key, renewal.Worker, now, spec.LeaseDuration);
    }

    /// <summary>Whether a lease is held; a worker that was too late may release one that is not.</summary>
    public bool Holds(ReleaseLease release) => Holds(release.LeaseId, release.Key, release.Worker);

    /// <summary>Takes a group back; returns the drop when it failed everywhere.</summary>
    public GroupSettled? Release(ReleaseLease release, DateTimeOffset now)
    {
        if (!Holds(release)) return null;
        _table.Release(release.LeaseId);
        if (!release.Untried && _workers.Faulted(release.Worker, release.Reason, now)) _failures.Forgive(release.Worker);
        if (!release.Failed) return null;
        if (_failures.Add(release.Key, release.Worker, _workers.Eligible(now)) is not { } attempts) return null;
        _table.Settle(release.Key);
        return new() { Key = release.Key, Outcome = GroupOutcome.Dropped, Reason = $"failed {attempts} times, last: {release.Reason}" };
    }

    public void Leave(WorkerLeft left)
    {
        _table.ReleaseWorker(left.Worker);
        _workers.Left(left.Worker, left.Reason);
    }

    /// <summary>Opens the work of leases that ran out; their workers count as gone until they ask again.</summary>
    /// <returns>Whether there were any.</returns>
    public bool Expire(DateTimeOffset now)
    {
        var expired = _table.Expire(now);
        foreach (var lease in expired) _workers.Left(lease.Worker, $"its lease {lease.Id} of {lease.Key} ran out");
        return expired.Count > 0;
    }

    /// <summary>True when this settled the group, false when it was settled or is of no open step.</summary>
    public bool Settle(GroupKey key, DateTimeOffset now)
    {
        var holder = _table.HolderOf(key);
        if (_table.Settle(key) != SettleOutcome.Settled) return false;
        if (holder is not null && _workers.Finished(holder, now, _table.HeldBy(holder) > 0) is > 0 and var seconds) _lengths.Took(key.Task, seconds);
        return true;
    }

    /// <summary>Goes on from where the learner stands: plans what that opens and settles what the learner has.</summary>
    public void Advance(LearnerAt learner)
    {
        if (learner.Loaded) _table = new(k => k.Step, _since = _table.NextLease);
        else Close(Version + 1, learner.Version);
        (Version, _digest) = (learner.Version, learner.Digest);
        foreach (var key in OpenSteps.Keys(spec, Version + 1, OpenSteps.Last(spec, Version)))
        {
            if (_table.Plan(key, _lengths.Expected(key.Task))) journal.Append(new() { Kind = JournalKind.Planned, Run = spec.Run, Key = key });
        }

        foreach (var key in learner.Held.Concat(learner.Dropped)) _table.Settle(key);
    }

    private void Close(int from, int to)
    {
        foreach (var key in OpenSteps.Keys(spec, Math.Max(1, from), to)) _table.Settle(key);
        _table.ForgetThrough(to);
        _failures.ForgetThrough(to);
    }

    // A worker may confuse runs or names, so an id alone does not prove who holds what.
    private bool Holds(long leaseId, GroupKey key, string worker) =>
        _table.Find(leaseId) is { } lease && lease.Key == key && lease.Worker == worker;

    private GroupLease Hand(Lease<GroupKey> lease)
    {
        journal.Append(new()
        {
            Kind = JournalKind.Claimed,
            Run = spec.Run,
            Key = lease.Key,
            Worker = lease.Worker,
            Version = Version,
            Lease = lease.Id,
        });
        return new()
        {
            Key = lease.Key,
            LeaseId = lease.Id,
            PolicyVersion = Version,
            Spec = pairs.Get(lease.Key.Step, lease.Key.Pair).Of(lease.Key.Task),
            Duration = spec.LeaseDuration,
        };
    }
}
