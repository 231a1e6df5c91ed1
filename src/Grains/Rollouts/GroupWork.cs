using PairUni.Contracts;

namespace PairUni.Grains;

/// <summary>One lease from weights to offer; whatever fails hands the lease back with the reason.</summary>
public sealed class GroupWork(WorkerKey worker, RunSpec spec, IRolloutEngine engine, WorkerLinks links, TimeProvider time)
{
    private static readonly TimeSpan AskAgain = TimeSpan.FromMilliseconds(100);
    private readonly WorkerNotes _notes = new(spec.Run, worker.ToString());

    /// <summary>Groups that the learner accepted.</summary>
    public int Delivered { get; private set; }

    /// <summary>Does the work; returns what went wrong, nothing when it went well.</summary>
    public async Task<string?> Do(HeldLease held, WorkClaimed claimed, CancellationToken cancellationToken)
    {
        var lease = held.Lease;
        using var limit = new CancellationTokenSource(spec.GroupLimit, time);
        using var keep = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, limit.Token);
        using var work = CancellationTokenSource.CreateLinkedTokenSource(held.Lost, limit.Token);
        var generating = false;
        string? fault;
        try
        {
            await HoldWeights(claimed, work.Token);
            generating = true;
            var group = await engine.Generate(lease, work.Token).WaitAsync(work.Token);
            generating = false;
            _notes.Add(JournalKind.Generated, engine.PolicyVersion, lease);
            fault = await Deliver(held, group, work.Token, keep.Token);
        }
        catch (Exception error) when (!cancellationToken.IsCancellationRequested)
        {
            // An engine is foreign code, and any call may time out: the group goes to another worker or is dropped with the reason.
            fault = limit.IsCancellationRequested ? $"it took longer than {spec.GroupLimit}"
                : work.IsCancellationRequested ? "its lease was lost"
                : error.Message;
            generating &= limit.IsCancellationRequested || !work.IsCancellationRequested;
        }

        if (fault is not null) await Release(lease, fault, generating, cancellationToken);
        return fault;
    }

    /// <summary>Hands a lease back untouched.</summary>
    public Task HandBack(HeldLease held, CancellationToken cancellationToken) => Release(held.Lease, "drained", failed: false, cancellationToken, untried: true);

    /// <summary>Sends what no offer took along.</summary>
    public async Task SendNotes(CancellationToken cancellationToken)
    {
        if (_notes.Pending is not { Length: > 0 } notes) return;
        await links.Run.Record(notes, cancellationToken);
        _notes.Sent(notes.Length);
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
            _notes.Add(JournalKind.Rejected, manifest.Version, digest: manifest.Digest, reason: fault.Message);
            throw;
        }

        _notes.Add(JournalKind.Verified, manifest.Version, digest: manifest.Digest);
    }

    // What is generated is worth keeping: while a reward's silo or the learner is between two places, it is asked again.
    // A group that is scored is offered even if its lease was lost meanwhile: the learner decides.
    private async Task<string?> Deliver(HeldLease held, GeneratedGroup group, CancellationToken cancellationToken, CancellationToken keep)
    {
        var lease = held.Lease;
        var score = await Insist(() => links.Scoring.Score(lease.Spec, group, cancellationToken), cancellationToken);
        _notes.Add(JournalKind.Scored, group.PolicyVersion, lease, score.Failure);
        var offer = new OfferGroup { LeaseId = lease.LeaseId, Spec = lease.Spec, Group = group, Score = score };
        OfferOutcome outcome;
        while ((outcome = await Insist(() => Offer(offer, keep), keep)) == OfferOutcome.NotReady) await Task.Delay(AskAgain, time, cancellationToken);
        if (outcome == OfferOutcome.Accepted) Delivered++;
        return outcome == OfferOutcome.Stale ? "the learner found it stale" : null;
    }

    private async Task<OfferOutcome> Offer(OfferGroup offer, CancellationToken cancellationToken)
    {
        var notes = _notes.Pending;
        var outcome = await links.Learner.Offer(offer, notes, cancellationToken);
        if (outcome is OfferOutcome.Accepted or OfferOutcome.Failed or OfferOutcome.Duplicate) _notes.Sent(notes.Length);
        return outcome;
    }

    private async Task<T> Insist<T>(Func<Task<T>> call, CancellationToken cancellationToken)
    {
        T? answer = default;
        await GrainCalls.Repeat(async () => answer = await call(), spec.GroupLimit, time, cancellationToken);
        return answer!;
    }

    private Task Release(GroupLease lease, string reason, bool failed, CancellationToken cancellationToken, bool untried = false) => links.Run.Release(
        new() { Key = lease.Key, LeaseId = lease.LeaseId, Worker = worker.ToString(), Reason = reason, Failed = failed, Untried = untried }, cancellationToken);
}
