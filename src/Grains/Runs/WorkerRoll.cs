using PairUni.Algorithms;
using PairUni.Contracts;

namespace PairUni.Grains;

/// <summary>
/// The workers that take part in a run: who asked and did not leave since, how fast each is, and which get no work for a while because
/// everything that they touch fails though others go on. Coming, going and setting aside is journalled.
/// </summary>
public sealed class WorkerRoll(RunSpec spec, IJournal journal)
{
    /// <summary>Faults in a row after which a worker is set aside, if others delivered meanwhile.</summary>
    public const int MostFaults = 3;

    private static readonly TimeSpan ShortestAside = TimeSpan.FromSeconds(30);
    private readonly SortedDictionary<string, WorkerRecord> _workers = new(StringComparer.Ordinal);
    private long _total;

    public IReadOnlyList<string> Names => [.. _workers.Keys];

    /// <summary>A set-aside worker may try again after this.</summary>
    public TimeSpan Aside => spec.LeaseDuration * 3 > ShortestAside ? spec.LeaseDuration * 3 : ShortestAside;

    /// <summary>Those that get work.</summary>
    public IEnumerable<string> Eligible(DateTimeOffset now) => _workers.Values.Where(w => !IsAside(w, now)).Select(w => w.Name);

    /// <summary>How each stands.</summary>
    public IEnumerable<WorkerEntry> Entries(Func<string, int> leased) => _workers.Values.Select(w => w.Entry(leased(w.Name)));

    /// <summary>It asks for work; false when it gets none for now.</summary>
    public bool Seen(ClaimWork claim, DateTimeOffset now)
    {
        if (!_workers.TryGetValue(claim.Worker, out var worker))
        {
            _workers.Add(claim.Worker, worker = new(claim.Worker));
            journal.Append(new() { Kind = JournalKind.Joined, Run = spec.Run, Worker = claim.Worker });
        }

        worker.PolicyVersion = claim.HeldVersion;
        if (IsAside(worker, now)) return false;
        if (worker.SetAside.Length > 0) worker.Forgive();
        return true;
    }

    /// <summary>How many groups it gets at once.</summary>
    public int Share(string worker, int most, int open) =>
        ClaimSize.Of(most, open, _workers.TryGetValue(worker, out var known) ? known.Speed : 0, _workers.Values.Sum(w => w.Speed));

    public void Took(string worker, DateTimeOffset now) => Find(worker)?.Took(now);

    /// <summary>A group of it is settled.</summary>
    /// <returns>Seconds that the group took; 0 when that is not known.</returns>
    public double Finished(string worker, DateTimeOffset now, bool hasMore)
    {
        _total++;
        return Find(worker)?.Finished(now, hasMore) ?? 0;
    }

    /// <summary>It handed a group back because something went wrong; true when it is set aside for that.</summary>
    public bool Faulted(string name, string reason, DateTimeOffset now)
    {
        if (Find(name) is not { } worker) return false;
        worker.Faulted(_total);
        // While nobody delivers it may be the run and not the worker.
        if (worker.FaultsInRow < MostFaults || _total <= worker.TotalAtFirstFault) return false;
        worker.SetAside = $"{worker.FaultsInRow} groups in a row failed here while others were made, the last because: {reason}";
        worker.AsideUntil = now + Aside;
        journal.Append(new() { Kind = JournalKind.SetAside, Run = spec.Run, Worker = name, Reason = worker.SetAside });
        return true;
    }

    public void Left(string worker, string reason)
    {
        if (_workers.Remove(worker)) journal.Append(new() { Kind = JournalKind.Left, Run = spec.Run, Worker = worker, Reason = reason });
    }

    private static bool IsAside(WorkerRecord worker, DateTimeOffset now) => worker.SetAside.Length > 0 && now < worker.AsideUntil;

    private WorkerRecord? Find(string worker) => _workers.GetValueOrDefault(worker);
}
