using PairUni.Contracts;

namespace PairUni.Silo;

/// <summary>
/// Proves from a journal that every <see cref="JournalRule"/> holds. A "restored" entry begins an epoch of the learner: what was trained
/// after the restored version is void, and what an earlier epoch still writes does not count.
/// </summary>
public sealed class JournalChecker
{
    private readonly JournalFindings _findings = new();
    private readonly HashSet<string> _workers = [];
    private readonly VersionRules _versions;
    private readonly WeightRules _weights;
    private readonly GroupRules _groups;
    private int _departures;
    private int _fenced;

    private JournalChecker(JournalBounds bounds)
    {
        _versions = new(_findings);
        _weights = new(_versions, _findings);
        _groups = new(bounds, _versions, _findings);
    }

    /// <summary>Reads and checks a journal.</summary>
    /// <param name="path">journal.jsonl.</param>
    /// <param name="bounds">What the run's options promise.</param>
    /// <exception cref="UserErrorException">There is no such file, or a line is not a journal entry.</exception>
    public static JournalReport Check(string path, JournalBounds bounds)
    {
        if (!File.Exists(path)) throw new UserErrorException($"There is no journal at '{path}'; give the folder of a run.");
        return Check(Read(path), bounds);
    }

    /// <summary>Checks entries in the order in which they were written.</summary>
    public static JournalReport Check(IEnumerable<JournalEntry> entries, JournalBounds bounds)
    {
        var checker = new JournalChecker(bounds);
        foreach (var entry in entries) checker.Take(entry);
        return checker.Report();
    }

    private static IEnumerable<JournalEntry> Read(string path)
    {
        var number = 0;
        foreach (var line in File.ReadLines(path))
        {
            number++;
            yield return Entry(line, number, path);
        }
    }

    private static JournalEntry Entry(string line, int number, string path)
    {
        try
        {
            return JournalLine.Read(line);
        }
        catch (FormatException fault)
        {
            throw new UserErrorException($"{path}:{number}: {fault.Message}; the journal is damaged there.", fault);
        }
    }

    private void Take(JournalEntry entry)
    {
        _findings.Line++;
        if (entry.Kind is JournalKind.Offered or JournalKind.Trained or JournalKind.Dropped or JournalKind.Published or JournalKind.Committed)
        {
            if (_versions.IsFenced(entry))
            {
                _fenced++;
                return;
            }

            _versions.CheckEpoch(entry);
        }

        switch (entry.Kind)
        {
            case JournalKind.Planned:
                _groups.Plan(entry.Key!.Value);
                break;
            case JournalKind.Claimed:
                _groups.Claim(entry.Key!.Value, entry.Version!.Value);
                break;
            case JournalKind.Generated:
                _weights.Used(entry.Worker, entry.Version!.Value, entry.Key!.Value, published: false);
                break;
            case JournalKind.Offered when entry.Reason == "accepted":
                _groups.Accept(entry.Key!.Value, entry.Version!.Value);
                _weights.Used(entry.Worker, entry.Version!.Value, entry.Key!.Value, published: true);
                break;
            case JournalKind.Trained:
                _groups.Train(entry.Key!.Value, entry.Version!.Value);
                break;
            case JournalKind.Dropped:
                _groups.Drop(entry.Key!.Value, entry.Reason);
                break;
            case JournalKind.Published:
                if (_versions.Published(entry.Version!.Value, entry.Digest)) _groups.StepDone(entry.Version.Value);
                break;
            case JournalKind.Committed:
                _versions.Committed(entry.Version!.Value);
                break;
            case JournalKind.Restored:
                _versions.Restored(entry.Version!.Value, entry.Epoch);
                _groups.Restored(entry.Version.Value);
                break;
            case JournalKind.Verified:
                _weights.Take(entry.Worker!, entry.Version!.Value, entry.Digest);
                break;
            case JournalKind.Joined:
                _workers.Add(entry.Worker!);
                break;
            case JournalKind.Left:
                _departures++;
                break;
        }
    }

    private JournalReport Report() => new()
    {
        Findings = _findings.All,
        Lines = _findings.Line,
        Planned = _groups.Planned.Count,
        Trained = _groups.Trained,
        Dropped = _groups.Dropped.Count(),
        Open = _groups.Planned.Count(k => k.Step > _versions.Version),
        Version = Math.Max(0, _versions.Version),
        MaxLag = _groups.MaxLag,
        Verified = _weights.Verified,
        Restores = _versions.Restores,
        Fenced = _fenced,
        Workers = _workers.Count,
        Departures = _departures,
    };
}
