using PairUni.Contracts;

namespace PairUni.Grains.Tests;

internal sealed class MemoryJournal : IJournal
{
    private readonly List<JournalEntry> _entries = [];

    public IReadOnlyList<JournalEntry> Entries
    {
        get
        {
            lock (_entries) return [.. _entries];
        }
    }

    public void Append(JournalEntry entry)
    {
        lock (_entries) _entries.Add(entry);
    }

    public IEnumerable<JournalEntry> Of(JournalKind kind) => Entries.Where(e => e.Kind == kind);
}
