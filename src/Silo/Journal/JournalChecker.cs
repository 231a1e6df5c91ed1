using PairUni.Contracts;
using PairUni.Grains;

namespace PairUni.Silo;

/// <summary>
/// Proves from a journal that every planned group was trained exactly once or dropped with its reason, that no group was older than
/// max_lag, and that versions follow each other. A "restored" entry voids what was trained after its version.
/// </summary>
public sealed class JournalChecker
{
    private readonly List<string> _findings = [];
    private readonly HashSet<GroupKey> _planned = [];
    private readonly Dictionary<int, List<GroupKey>> _plannedIn = [];
    private readonly Dictionary<GroupKey, int> _madeBy = [];
    private readonly Dictionary<GroupKey, int> _trained = [];
    private readonly Dictionary<GroupKey, int> _dropped = [];
    private readonly HashSet<string> _workers = [];
    private readonly int? _maxLag;
    private int _line;
    private int _epoch;
    private int _version = -1;
    private int _lag;
    private int _departures;

    private JournalChecker(int? maxLag) => _maxLag = maxLag;

    /// <summary>Reads and checks a journal.</summary>
    /// <param name="path">journal.jsonl.</param>
    /// <param name="maxLag">The run's max_lag; the bound is not checked without it.</param>
    /// <exception cref="UserErrorException">There is no such file, or a line is not a journal entry.</exception>
    public static JournalReport Check(string path, int? maxLag = null)
    {
        if (!File.Exists(path)) throw new UserErrorException($"There is no journal at '{path}'; give the folder of a run.");
        var checker = new JournalChecker(maxLag);
        foreach (var line in File.ReadLines(path)) checker.Take(line, path);
        return checker.Report();
    }

    private void Take(string line, string path)
    {
        _line++;
        try
        {
            Take(JournalLine.Read(line));
        }
        catch (FormatException fault)
        {
            throw new UserErrorException($"{path}:{_line}: {fault.Message}; the journal is damaged there.", fault);
        }
    }

    private void Take(JournalEntry entry)
    {
        switch (entry.Kind)
        {
            case JournalKind.Planned:
                Planned(entry.Key!.Value);
                break;
            case JournalKind.Offered when entry.Reason == "accepted":
                _madeBy[entry.Key!.Value] = entry.Version!.Value;
                break;
            case JournalKind.Trained:
                Trained(entry.Key!.Value, entry.Version!.Value);
                break;
            case JournalKind.Dropped:
                Dropped(entry.Key!.Value, entry.Reason);
                break;
            case JournalKind.Published:
                Published(entry.Version!.Value);
                break;
            case JournalKind.Restored:
                Restored(entry.Version!.Value);
                break;
            case JournalKind.Joined:
                _workers.Add(entry.Worker!);
                break;
            case JournalKind.Left:
                _departures++;
                break;
        }
    }

    private void Planned(GroupKey key)
    {
        if (!_planned.Add(key)) return;
        if (!_plannedIn.TryGetValue(key.Step, out var step)) _plannedIn.Add(key.Step, step = []);
        step.Add(key);
    }

    private void Trained(GroupKey key, int version)
    {
        if (!_planned.Contains(key)) Finding($"{key} was trained but never planned");
        if (!_trained.TryAdd(key, version)) Finding($"{key} was trained twice");
        if (_dropped.TryGetValue(key, out var epoch))
        {
            if (epoch == _epoch) Finding($"{key} was trained after it was dropped");
            _dropped.Remove(key);
        }

        if (version != key.Step) Finding($"{key} was trained into version {version}");
        if (!_madeBy.TryGetValue(key, out var madeBy))
        {
            Finding($"{key} was trained but no offer of it was accepted");
            return;
        }

        var lag = version - 1 - madeBy;
        _lag = Math.Max(_lag, lag);
        if (lag < 0 || lag > (_maxLag ?? lag)) Finding($"{key} was made by version {madeBy} and trained at version {version - 1}, max_lag is {_maxLag}");
    }

    private void Dropped(GroupKey key, string? reason)
    {
        if (!_planned.Contains(key)) Finding($"{key} was dropped but never planned");
        if (string.IsNullOrWhiteSpace(reason)) Finding($"{key} was dropped without a reason");
        if (_trained.ContainsKey(key)) Finding($"{key} was dropped after it was trained");
        _dropped[key] = _epoch;
    }

    private void Published(int version)
    {
        if (_version >= 0 && version != _version && version != _version + 1) Finding($"version {version} follows version {_version}");
        _version = version;
        var planned = _plannedIn.GetValueOrDefault(version) ?? [];
        foreach (var key in planned.Where(k => !_trained.ContainsKey(k) && !_dropped.ContainsKey(k)).Order())
            Finding($"{key} was neither trained nor dropped when version {version} was published");
    }

    private void Restored(int version)
    {
        if (version > Math.Max(0, _version) && _epoch > 0) Finding($"version {version} was restored but never published");
        _epoch++;
        _version = version;
        foreach (var key in _trained.Keys.Where(k => k.Step > version).ToArray()) _trained.Remove(key);
    }

    private void Finding(string sentence) => _findings.Add($"line {_line}: {sentence}");

    private JournalReport Report() => new()
    {
        Findings = _findings,
        Lines = _line,
        Planned = _planned.Count,
        Trained = _trained.Count,
        Dropped = _dropped.Keys.Count(k => k.Step <= _version),
        Open = _planned.Count(k => k.Step > _version),
        Version = Math.Max(0, _version),
        MaxLag = _lag,
        Workers = _workers.Count,
        Departures = _departures,
    };
}
