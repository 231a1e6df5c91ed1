using PairUni.Contracts;
using PairUni.Grains;

namespace PairUni.Silo.Tests;

/// <summary>
/// A run that only writes its journal: workers that claim, verify, deliver, fail and vanish, and a learner that is killed and goes on
/// from its last commit while the one before still writes. Everything follows from the seed.
/// </summary>
internal sealed class MadeUpRun
{
    private const string Name = "r";
    private readonly Random _chance;
    private readonly List<JournalEntry> _journal = [];
    private readonly HashSet<GroupKey> _planned = [];
    private readonly Dictionary<GroupKey, int> _held = [];
    private readonly HashSet<GroupKey> _dropped = [];
    private readonly Dictionary<int, string> _digests = new() { [0] = "d0" };
    private readonly HashSet<(string Worker, string Digest)> _verified = [];
    private readonly string[] _workers;
    private readonly int _pairs;
    private readonly bool _hasEpochs;
    private int _version;
    private int _committed;
    private int _made;
    private long _epoch;

    private MadeUpRun(int seed)
    {
        _chance = new(seed);
        (MaxLag, _pairs, Steps, _hasEpochs) = (_chance.Next(3), 1 + _chance.Next(3), 2 + _chance.Next(5), _chance.Next(4) > 0);
        _workers = [.. Enumerable.Range(0, 1 + _chance.Next(3)).Select(i => $"silo-{i}/0")];
    }

    public int MaxLag { get; }

    public int Steps { get; }

    public JournalBounds Bounds => new() { MaxLag = MaxLag, GroupsPerStep = 2 * _pairs };

    public List<JournalEntry> Journal => _journal;

    public static MadeUpRun Of(int seed)
    {
        var run = new MadeUpRun(seed);
        run.Begin();
        while (run._version < run.Steps)
        {
            if (run._chance.Next(40) == 0) run.Crash();
            run.Group();
            run.Train();
        }

        return run;
    }

    private IEnumerable<GroupKey> Open => Keys(_version + 1, Math.Min(Steps, _version + 1 + MaxLag)).Where(k => !_held.ContainsKey(k) && !_dropped.Contains(k));

    private void Begin()
    {
        _epoch++;
        _version = _committed;
        Write(JournalKind.Restored, version: _version, epoch: true);
        Write(JournalKind.Published, version: _version, digest: _digests[_version], epoch: true);
        Plan();
    }

    private void Plan()
    {
        foreach (var key in Keys(_version + 1, Math.Min(Steps, _version + 1 + MaxLag)).Where(_planned.Add)) Write(JournalKind.Planned, key);
    }

    // A worker takes one group; now and then it vanishes, fails, or delivers twice.
    private void Group()
    {
        var open = Open.ToArray();
        if (open.Length == 0) return;
        var (key, worker) = (open[_chance.Next(open.Length)], _workers[_chance.Next(_workers.Length)]);
        Write(JournalKind.Claimed, key, worker, _version);
        if (_chance.Next(12) == 0)
        {
            Write(JournalKind.Left, worker: worker, reason: "its lease ran out");
            return;
        }

        if (_verified.Add((worker, _digests[_version]))) Write(JournalKind.Verified, worker: worker, version: _version, digest: _digests[_version]);
        Write(JournalKind.Generated, key, worker, _version);
        if (_chance.Next(15) == 0)
        {
            _dropped.Add(key);
            Write(JournalKind.Offered, key, worker, _version, reason: "failed", epoch: true);
            Write(JournalKind.Dropped, key, reason: "the judge fell over", epoch: true);
            return;
        }

        _held.Add(key, _version);
        Write(JournalKind.Offered, key, worker, _version, reason: "accepted", epoch: true);
        if (_chance.Next(6) == 0) Write(JournalKind.Offered, key, worker, _version, reason: "duplicate", epoch: true);
    }

    private void Train()
    {
        var step = Keys(_version + 1, _version + 1).ToArray();
        if (!step.All(k => _held.ContainsKey(k) || _dropped.Contains(k))) return;
        foreach (var key in step.Where(_held.ContainsKey)) Write(JournalKind.Trained, key, version: _version + 1, epoch: true);
        _version++;
        _digests[_version] = $"d{_version}.{++_made}";
        Write(JournalKind.Published, version: _version, digest: _digests[_version], epoch: true);
        foreach (var key in step) _held.Remove(key);
        if (_chance.Next(2) == 0)
        {
            _committed = _version;
            Write(JournalKind.Committed, version: _version, epoch: true);
        }

        Plan();
    }

    // What was trained after the commit is made again; what is held survives unless a void version made it.
    private void Crash()
    {
        var (before, old) = (_version, _epoch);
        foreach (var key in _held.Keys.Where(k => _held[k] > _committed || k.Step > _committed + 1 + MaxLag).ToArray()) _held.Remove(key);
        foreach (var key in _dropped.Where(k => k.Step > _committed && _chance.Next(2) == 0).ToArray()) _dropped.Remove(key);
        Begin();
        if (!_hasEpochs || _chance.Next(2) == 0) return;
        foreach (var key in Keys(before + 1, before + 1)) Fenced(JournalKind.Trained, old, key, before + 1);
        Fenced(JournalKind.Published, old, null, before + 1);
    }

    private IEnumerable<GroupKey> Keys(int first, int last) =>
        from step in Enumerable.Range(first, Math.Max(0, last - first + 1))
        from pair in Enumerable.Range(0, _pairs)
        from task in new[] { TaskKind.Generate, TaskKind.Understand }
        select new GroupKey(Name, step, pair, task);

    private void Fenced(JournalKind kind, long epoch, GroupKey? key, int version) =>
        _journal.Add(new() { Kind = kind, Run = Name, Key = key, Version = version, Epoch = epoch });

    private void Write(JournalKind kind, GroupKey? key = null, string? worker = null, int? version = null, string? reason = null, string? digest = null, bool epoch = false) =>
        _journal.Add(new()
        {
            Kind = kind,
            Run = Name,
            Key = key,
            Worker = worker,
            Version = version,
            Reason = reason,
            Digest = digest,
            Epoch = epoch && _hasEpochs ? _epoch : null,
        });
}
