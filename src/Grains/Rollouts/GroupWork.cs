using PairUni.Contracts;

namespace PairUni.Grains;

/// <summary>One lease from weights to offer; whatever fails hands the lease back with the reason.</summary>
public sealed class GroupWork(WorkerKey worker, string run, IRolloutEngine engine, WorkerLinks links, IJournal journal, TimeProvider time)
{
    /// <summary>Lease durations that a group may take, however often it is renewed: an engine that hangs must not keep it.</summary>
    public const int MaxDurations = 10;

    private static readonly TimeSpan LearnerLoads = TimeSpan.FromMilliseconds(100);

    /// <summary>Groups that the learner accepted.</summary>
    public int Delivered { get; private set; }

    /// <summary>Does the work; returns what went wrong, nothing when it went well.</summary>
    public async Task<string?> Do(HeldLease held, WorkClaimed claimed, CancellationToken cancellationToken)
    {
        var lease = held.Lease;
        using var limit = new CancellationTokenSource(lease.Duration * MaxDurations, time);
        using var work = CancellationTokenSource.CreateLinkedTokenSource(held.Lost, limit.Token);
        var generating = false;
        string? fault;
        try
        {
            await HoldWeights(claimed, work.Token);
            generating = true;
            var group = await engine.Generate(lease, work.Token).WaitAsync(work.Token);
            generating = false;
            Note(JournalKind.Generated, lease, null);
            fault = await Deliver(lease, group, work.Token);
        }
        catch (Exception error) when (!cancellationToken.IsCancellationRequested)
        {
            // An engine is foreign code, and any call may time out: the group goes to another worker or is dropped with the reason.
            fault = limit.IsCancellationRequested ? $"it took longer than {lease.Duration * MaxDurations}"
                : work.IsCancellationRequested ? "its lease was lost"
                : error.Message;
            generating &= limit.IsCancellationRequested || !work.IsCancellationRequested;
        }

        if (fault is not null) await Release(lease, fault, generating, cancellationToken);
        return fault;
    }

    private async Task HoldWeights(WorkClaimed claimed, CancellationToken cancellationToken)
    {
        if (engine.PolicyVersion == claimed.PolicyVersion && engine.PolicyDigest == claimed.PolicyDigest) return;
        var manifest = await links.Policy.Manifest(claimed.PolicyVersion, cancellationToken)
            ?? throw new WeightsRejectedException($"version {claimed.PolicyVersion} is not published any more");
        if (manifest.Digest != claimed.PolicyDigest)
            throw new WeightsRejectedException($"version {claimed.PolicyVersion} was trained again meanwhile");
        try
        {
            await engine.Load(manifest, cancellationToken).WaitAsync(cancellationToken);
        }
        catch (WeightsRejectedException fault)
        {
            Note(JournalKind.Rejected, manifest, fault.Message);
            throw;
        }

        Note(JournalKind.Verified, manifest, null);
    }

    private void Note(JournalKind kind, WeightManifest manifest, string? reason) => journal.Append(new()
    {
        Kind = kind,
        Run = run,
        Worker = worker.ToString(),
        Version = manifest.Version,
        Digest = manifest.Digest,
        Reason = reason,
    });

    private async Task<string?> Deliver(GroupLease lease, GeneratedGroup group, CancellationToken cancellationToken)
    {
        var score = await links.Scoring.Score(lease.Spec, group, cancellationToken);
        Note(JournalKind.Scored, lease, score.Failure);
        var offer = new OfferGroup { LeaseId = lease.LeaseId, Spec = lease.Spec, Group = group, Score = score };
        OfferOutcome outcome;
        while ((outcome = await links.Learner.Offer(offer, cancellationToken)) == OfferOutcome.NotReady)
            await Task.Delay(LearnerLoads, time, cancellationToken);
        if (outcome == OfferOutcome.Accepted) Delivered++;
        return outcome == OfferOutcome.Stale ? "the learner found it stale" : null;
    }

    private Task Release(GroupLease lease, string reason, bool failed, CancellationToken cancellationToken) => links.Run.Release(
        new() { Key = lease.Key, LeaseId = lease.LeaseId, Worker = worker.ToString(), Reason = reason, Failed = failed }, cancellationToken);

    private void Note(JournalKind kind, GroupLease lease, string? reason) => journal.Append(new()
    {
        Kind = kind,
        Run = run,
        Key = lease.Key,
        Worker = worker.ToString(),
        Version = engine.PolicyVersion,
        Lease = lease.LeaseId,
        Reason = reason,
    });
}
