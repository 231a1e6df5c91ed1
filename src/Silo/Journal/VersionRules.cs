using PairUni.Contracts;

namespace PairUni.Silo;

/// <summary>Versions follow each other, restores go back to what was committed, and epochs only grow.</summary>
internal sealed class VersionRules(JournalFindings findings)
{
    private readonly Dictionary<int, string?> _digests = [];
    private int _committed = -1;
    private long? _epoch;
    private bool _publishedSinceRestore;

    /// <summary>The last version in the history that counts; -1 before there is one.</summary>
    public int Version { get; private set; } = -1;

    /// <summary>Times that the learner came up.</summary>
    public int Restores { get; private set; }

    /// <summary>The digest of a version in the history that counts; nothing when it is not known.</summary>
    public string? DigestOf(int version) => _digests.GetValueOrDefault(version);

    /// <summary>Whether an entry was written by an earlier activation of the learner than the one that goes on now.</summary>
    public bool IsFenced(JournalEntry entry) => entry.Kind != JournalKind.Restored && entry.Epoch < _epoch;

    /// <summary>An entry of the learner: its epoch must be the one that was restored last.</summary>
    public void CheckEpoch(JournalEntry entry)
    {
        if (Restores == 0) findings.Add(JournalRule.EpochsInOrder, $"{Word(entry)} before the learner said where it goes on");
        else if (entry.Epoch > _epoch) findings.Add(JournalRule.EpochsInOrder, $"{Word(entry)} by epoch {entry.Epoch}, epoch {_epoch} goes on");
    }

    public void Restored(int version, long? epoch)
    {
        if (epoch <= _epoch) findings.Add(JournalRule.EpochsInOrder, $"epoch {epoch} follows epoch {_epoch}");
        if (Restores > 0 && version > Math.Max(0, Version))
            findings.Add(JournalRule.RestoredFromCommitted, $"version {version} was restored but never published");
        if (version < _committed)
            findings.Add(JournalRule.RestoredFromCommitted, $"version {version} was restored though version {_committed} was committed");
        Restores++;
        (_epoch, Version, _publishedSinceRestore) = (epoch ?? _epoch, version, false);
        _committed = Math.Min(_committed, version);
        foreach (var later in _digests.Keys.Where(v => v > version).ToArray()) _digests.Remove(later);
    }

    /// <summary>True when it is a version that did not exist before.</summary>
    public bool Published(int version, string? digest)
    {
        var expected = _publishedSinceRestore ? Version + 1 : Version;
        if (Version >= 0 && version != expected)
            findings.Add(JournalRule.VersionsInOrder, $"version {version} was published, {expected} was next");
        if (_digests.TryGetValue(version, out var before) && before is not null && digest is not null && before != digest)
            findings.Add(JournalRule.SameVersionSameWeights, $"version {version} was published again with other weights");
        var isNew = _publishedSinceRestore && version > Version;
        _digests[version] = digest;
        (Version, _publishedSinceRestore) = (version, true);
        return isNew;
    }

    public void Committed(int version)
    {
        if (version > Version) findings.Add(JournalRule.VersionsInOrder, $"version {version} was committed, {Version} is the last");
        _committed = Math.Max(_committed, version);
    }

    private static string Word(JournalEntry entry) => $"{entry.Kind.ToString().ToLowerInvariant()} {entry.Key?.ToString() ?? $"version {entry.Version}"}";
}
