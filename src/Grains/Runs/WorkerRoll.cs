namespace PairUni.Grains;

/// <summary>The workers that take part in a run: who asked and did not leave since. Coming and going is journalled.</summary>
public sealed class WorkerRoll(string run, IJournal journal)
{
    private static readonly TimeSpan OneWorkersTurn = TimeSpan.FromMilliseconds(10);
    private static readonly TimeSpan Longest = TimeSpan.FromSeconds(1);
    private readonly SortedSet<string> _workers = new(StringComparer.Ordinal);

    public IReadOnlyList<string> Names => [.. _workers];

    /// <summary>When an idle worker asks again: all together ask about a hundred times a second, each at least once a second.</summary>
    public TimeSpan RetryAfter => TimeSpan.FromTicks(Math.Min(Longest.Ticks, Math.Max(1, _workers.Count) * OneWorkersTurn.Ticks));

    public void Seen(string worker)
    {
        if (_workers.Add(worker)) journal.Append(new() { Kind = JournalKind.Joined, Run = run, Worker = worker });
    }

    public void Left(string worker, string reason)
    {
        if (_workers.Remove(worker)) journal.Append(new() { Kind = JournalKind.Left, Run = run, Worker = worker, Reason = reason });
    }
}
