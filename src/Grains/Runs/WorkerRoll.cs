using PairUni.Contracts;

namespace PairUni.Grains;

/// <summary>The workers that take part in a run: who asked and did not leave since. Coming and going is journalled.</summary>
public sealed class WorkerRoll(string run, IJournal journal)
{
    private readonly SortedSet<string> _workers = new(StringComparer.Ordinal);

    public IReadOnlyList<string> Names => [.. _workers];

    public void Seen(string worker)
    {
        if (_workers.Add(worker)) journal.Append(new() { Kind = JournalKind.Joined, Run = run, Worker = worker });
    }

    public void Left(string worker, string reason)
    {
        if (_workers.Remove(worker)) journal.Append(new() { Kind = JournalKind.Left, Run = run, Worker = worker, Reason = reason });
    }
}
