using PairUni.Contracts;
using PairUni.Grains;

namespace PairUni.Cli.Bench.Scale;

/// <summary>Counts the groups that the learner accepts, and writes the journal as always.</summary>
internal sealed class CountingJournal(IJournal journal) : IJournal
{
    private long _accepted;

    public long Accepted => Interlocked.Read(ref _accepted);

    public void Append(JournalEntry entry)
    {
        if (entry is { Kind: JournalKind.Offered, Reason: "accepted" })
            Interlocked.Increment(ref _accepted);
        journal.Append(entry);
    }
}
