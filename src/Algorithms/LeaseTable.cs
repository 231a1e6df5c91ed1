using System.Diagnostics.CodeAnalysis;

namespace PairUni.Algorithms;

/// <summary>
/// Work that is planned, leased to workers for a while, and settled exactly once. A worker that vanishes lets its lease run out and
/// the work becomes claimable again; a late result still settles it, once. Time is passed in; not thread-safe.
/// </summary>
/// <remarks>
///   planned --Claim--> leased --Settle--> settled
///      ^                 |
///      +--Release/Expire-+       Settle also takes planned work: the result of a lease that ran out.
/// </remarks>
/// <param name="stepOf">The step a key belongs to; claims take the nearest step first, within it the longest work, and then planning order.</param>
/// <param name="firstLease">Id of the first lease; a table that follows another one must not give its ids again.</param>
public sealed class LeaseTable<TKey>(Func<TKey, int> stepOf, long firstLease = 1)
    where TKey : notnull
{
    private readonly SortedDictionary<(int Step, double Rank, long Order), TKey> _open = [];
    private readonly Dictionary<TKey, Entry> _entries = [];
    private readonly Dictionary<long, Lease<TKey>> _leases = [];
    private readonly Dictionary<string, int> _held = new(StringComparer.Ordinal);
    private long _nextOrder;
    private long _nextLease = firstLease;
    private int _forgottenThrough = int.MinValue;

    /// <summary>Id that the next lease gets.</summary>
    public long NextLease => _nextLease;

    /// <summary>Pieces that nobody holds.</summary>
    public int OpenCount => _open.Count;

    /// <summary>Pieces that somebody holds.</summary>
    public int LeasedCount => _leases.Count;

    /// <summary>Pieces settled in steps that are not forgotten.</summary>
    public int SettledCount => _entries.Count - OpenCount - LeasedCount;

    /// <summary>Leases as of now, by id.</summary>
    public IReadOnlyList<Lease<TKey>> Leases => [.. _leases.Values.OrderBy(l => l.Id)];

    /// <summary>Pieces that a worker holds.</summary>
    public int HeldBy(string worker) => _held.GetValueOrDefault(worker);

    /// <summary>Who holds a piece; nothing when nobody does.</summary>
    public string? HolderOf(TKey key) => _entries.TryGetValue(key, out var entry) && entry.Lease is { } lease ? _leases[lease].Worker : null;

    /// <summary>The lease of an id, if it is held.</summary>
    public Lease<TKey>? Find(long leaseId) => _leases.GetValueOrDefault(leaseId);

    /// <summary>True when the key was planned and is settled.</summary>
    public bool IsSettled(TKey key) => _entries.TryGetValue(key, out var entry) && entry.Settled;

    /// <summary>Adds work. False when the key is already known or its step is forgotten: planning twice changes nothing.</summary>
    /// <param name="key">The work.</param>
    /// <param name="length">How long it is expected to take, in any unit: within a step longer work is handed out first.</param>
    public bool Plan(TKey key, double length = 0)
    {
        var step = stepOf(key);
        if (step <= _forgottenThrough || _entries.ContainsKey(key)) return false;
        var entry = new Entry((step, -length, _nextOrder++));
        _entries.Add(key, entry);
        _open.Add(entry.Place, key);
        return true;
    }

    /// <summary>Leases up to <paramref name="max"/> open pieces of steps up to <paramref name="lastStep"/>, nearest step first, then the longest.</summary>
    /// <param name="worker">Who gets them.</param>
    /// <param name="max">Most pieces.</param>
    /// <param name="lastStep">The last step that may be worked on.</param>
    /// <param name="now">The time.</param>
    /// <param name="duration">How long the leases last.</param>
    /// <param name="isForOthers">Pieces that this worker leaves to others.</param>
    public IReadOnlyList<Lease<TKey>> Claim(
        string worker, int max, int lastStep, DateTimeOffset now, TimeSpan duration, Func<TKey, bool>? isForOthers = null)
    {
        var leases = new List<Lease<TKey>>();
        foreach (var (place, key) in _open)
        {
            if (leases.Count == max || place.Step > lastStep) break;
            if (isForOthers?.Invoke(key) == true) continue;
            leases.Add(new(_nextLease++, key, worker, now + duration));
        }

        foreach (var lease in leases)
        {
            var entry = _entries[lease.Key];
            entry.Lease = lease.Id;
            _open.Remove(entry.Place);
            Hold(lease);
        }

        return leases;
    }

    /// <summary>
    /// Takes over a lease that an earlier table gave, under its id. False when the work is not open here: somebody else has it, it is
    /// settled, or it was never planned.
    /// </summary>
    public bool Adopt(long leaseId, TKey key, string worker, DateTimeOffset now, TimeSpan duration)
    {
        if (!_entries.TryGetValue(key, out var entry) || entry.Settled || entry.Lease is not null || _leases.ContainsKey(leaseId)) return false;
        entry.Lease = leaseId;
        _open.Remove(entry.Place);
        Hold(new(leaseId, key, worker, now + duration));
        return true;
    }

    /// <summary>Extends a lease. False when it ran out, was released, or its work is settled: the worker should stop.</summary>
    public bool Renew(long leaseId, DateTimeOffset now, TimeSpan duration)
    {
        if (!_leases.TryGetValue(leaseId, out var lease) || lease.Until <= now) return false;
        _leases[leaseId] = lease with { Until = now + duration };
        return true;
    }

    /// <summary>Hands a lease back; its work is open again, at its old place. False when the lease is not held.</summary>
    public bool Release(long leaseId)
    {
        if (!Drop(leaseId, out var lease)) return false;
        var entry = _entries[lease.Key];
        entry.Lease = null;
        _open.Add(entry.Place, lease.Key);
        return true;
    }

    /// <summary>Opens the work of every lease whose time is over and returns those leases, by id.</summary>
    public IReadOnlyList<Lease<TKey>> Expire(DateTimeOffset now) => Reopen(l => l.Until <= now);

    /// <summary>Opens the work of every lease that a worker holds and returns those leases, by id.</summary>
    public IReadOnlyList<Lease<TKey>> ReleaseWorker(string worker) => Reopen(l => l.Worker == worker);

    /// <summary>Settles work, trained or dropped, whoever holds it; the second time changes nothing.</summary>
    public SettleOutcome Settle(TKey key)
    {
        if (!_entries.TryGetValue(key, out var entry)) return SettleOutcome.Unknown;
        if (entry.Settled) return SettleOutcome.AlreadySettled;
        if (entry.Lease is { } lease) Drop(lease, out _);
        else _open.Remove(entry.Place);
        entry.Lease = null;
        entry.Settled = true;
        return SettleOutcome.Settled;
    }

    /// <summary>Forgets settled work of steps up to <paramref name="step"/>, so that a long run stays small.</summary>
    /// <exception cref="InvalidOperationException">Work of those steps is not settled.</exception>
    public void ForgetThrough(int step)
    {
        var old = _entries.Where(e => e.Value.Place.Step <= step).ToArray();
        if (old.FirstOrDefault(e => !e.Value.Settled) is { Value: not null } unsettled)
            throw new InvalidOperationException($"Step {step} cannot be forgotten: {unsettled.Key} is not settled.");
        foreach (var (key, _) in old) _entries.Remove(key);
        _forgottenThrough = Math.Max(_forgottenThrough, step);
    }

    private void Hold(Lease<TKey> lease)
    {
        _leases.Add(lease.Id, lease);
        _held[lease.Worker] = HeldBy(lease.Worker) + 1;
    }

    private bool Drop(long leaseId, [NotNullWhen(true)] out Lease<TKey>? lease)
    {
        if (!_leases.Remove(leaseId, out lease)) return false;
        if (--_held[lease.Worker] == 0) _held.Remove(lease.Worker);
        return true;
    }

    private Lease<TKey>[] Reopen(Func<Lease<TKey>, bool> which)
    {
        Lease<TKey>[] leases = [.. _leases.Values.Where(which).OrderBy(l => l.Id)];
        foreach (var lease in leases) Release(lease.Id);
        return leases;
    }

    private sealed class Entry((int Step, double Rank, long Order) place)
    {
        public (int Step, double Rank, long Order) Place { get; } = place;

        public long? Lease { get; set; }

        public bool Settled { get; set; }
    }
}
