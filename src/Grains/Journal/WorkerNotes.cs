using PairUni.Contracts;

namespace PairUni.Grains;

/// <summary>What a worker has to write into the run's journal, kept until its next offer carries it to the process that holds the file.</summary>
public sealed class WorkerNotes(string run, string worker)
{
    private readonly List<JournalEntry> _entries = [];

    public void Add(JournalKind kind, int version, GroupLease? lease = null, string? reason = null, string? digest = null) => _entries.Add(new()
    {
        Kind = kind,
        Run = run,
        Key = lease?.Key,
        Worker = worker,
        Version = version,
        Lease = lease?.LeaseId,
        Digest = digest,
        Reason = reason,
    });

    /// <summary>What has gathered; <see cref="Sent"/> takes it off once it arrived.</summary>
    public JournalEntry[] Pending => [.. _entries];

    /// <summary>The first <paramref name="count"/> entries arrived.</summary>
    public void Sent(int count) => _entries.RemoveRange(0, count);
}
