using PairUni.Contracts;

namespace PairUni.Grains;

/// <summary>What the learner of a run writes into the journal.</summary>
internal sealed class LearnerJournal(string run, IJournal journal)
{
    /// <summary>The learner's epoch; nothing in one process.</summary>
    public long? Epoch { get; set; }

    /// <summary>It went on from a version.</summary>
    public void Restored(int version) => journal.Append(new() { Kind = JournalKind.Restored, Run = run, Epoch = Epoch, Version = version });

    /// <summary>It answered an offer.</summary>
    public void Offered(OfferGroup offer, OfferOutcome outcome) => journal.Append(new()
    {
        Kind = JournalKind.Offered,
        Run = run,
        Epoch = Epoch,
        Key = offer.Group.Key,
        Worker = offer.Group.Worker,
        Version = offer.Group.PolicyVersion,
        Lease = offer.LeaseId,
        Reason = outcome.ToString().ToLowerInvariant(),
    });

    /// <summary>A group will not be trained.</summary>
    public void Dropped(GroupKey key, string reason) =>
        journal.Append(new() { Kind = JournalKind.Dropped, Run = run, Epoch = Epoch, Key = key, Reason = reason });

    /// <summary>A group was part of the step that made a version.</summary>
    public void Trained(GroupKey key, int version) =>
        journal.Append(new() { Kind = JournalKind.Trained, Run = run, Epoch = Epoch, Key = key, Version = version });

    /// <summary>A version is in a checkpoint.</summary>
    public void Committed(int version) => journal.Append(new() { Kind = JournalKind.Committed, Run = run, Epoch = Epoch, Version = version });

    /// <summary>A version can be fetched.</summary>
    public void Published(int version, string digest) =>
        journal.Append(new() { Kind = JournalKind.Published, Run = run, Epoch = Epoch, Version = version, Digest = digest });
}
