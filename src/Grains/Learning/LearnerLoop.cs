using PairUni.Contracts;

namespace PairUni.Grains;

/// <summary>
/// What a learner does: load, collect a step, train it, publish, go on; until the last step or a stop. All members are called on the
/// activation's scheduler; training itself runs in the trainer's own thread.
/// </summary>
/// <remarks>
/// <code>
///   offers --> StepCollector --complete step--> IPolicyTrainer --version--> PolicyGrain --> RunGrain (Advance opens the next step)
///                   ^                               |
///                   +-- IGroupStore (open steps) ---+--> checkpoint every n steps
///
///   stage      produces            waits for                          unblocked by
///   load       version, digest     the trainer's restore              its end; an error fails the run
///   collect    a complete step     every group accepted or dropped    Offer, Drop; the run's stall limit bounds it
///   train      StepTrained         the trainer's thread               its end; an error fails the run
///   publish    a manifest          the weight store, PolicyGrain      their answers
///   advance    nothing             RunGrain                           its answer (it is reentrant, so never waits for the learner)
/// </code>
/// </remarks>
public sealed class LearnerLoop(RunSpec spec, LearnerLinks links)
{
    /// <summary>Steps in a row without any group to train after which the run gives up.</summary>
    public const int MaxEmptySteps = 3;

    private readonly StepTimes _times = new(links.Time);
    private readonly LearnerJournal _journal = new(spec.Run, links.Journal);
    private StepCollector? _collector;
    private TaskCompletionSource _changed = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private string _digest = "";
    private string _error = "";
    private string _lastDrop = "";
    private bool _ready;
    private bool _ended;
    private bool _stopping;
    private bool _save;
    private int _emptySteps;
    private int _training;
    private int _saved = -1;

    /// <summary>Where it stands; nothing while loading.</summary>
    public LearnerAt? Position => _ready ? At(loaded: false) : null;

    public LearnerStatus Status => new()
    {
        Ready = _ready,
        Version = _collector?.Version ?? 0,
        Training = _training,
        Held = _collector?.Held.Count ?? 0,
        Error = _error,
    };

    /// <summary>Takes a scored group and stores it; the run hears of it unless it is stale.</summary>
    public async Task<OfferOutcome> Offer(OfferGroup offer, CancellationToken cancellationToken)
    {
        if (_ended) return OfferOutcome.Stale;
        if (!_ready) return OfferOutcome.NotReady;
        var outcome = _collector!.Offer(offer);
        // Here and not at the worker: the step may be trained before the worker has the answer.
        _journal.Offered(offer, outcome);
        if (outcome == OfferOutcome.Accepted) await links.Groups.Put(offer, cancellationToken);
        if (outcome == OfferOutcome.Failed) await Dropped(offer.Group.Key, _collector.Dropped[offer.Group.Key], cancellationToken);
        if (outcome is OfferOutcome.Accepted or OfferOutcome.Duplicate)
        {
            var settled = new GroupSettled { Key = offer.Group.Key, Outcome = GroupOutcome.Accepted, Reason = "" };
            await links.Run.Settle(settled, cancellationToken);
        }

        Changed();
        return outcome;
    }

    /// <summary>Records that a group will not come.</summary>
    public async Task Drop(GroupSettled dropped, CancellationToken cancellationToken)
    {
        if (!_ready) throw new InvalidOperationException("The learner is still loading; tell it again.");
        if (_collector!.Drop(dropped.Key, dropped.Reason)) await Dropped(dropped.Key, dropped.Reason, cancellationToken);
        Changed();
    }

    /// <summary>Trains no further step once the one under way is done.</summary>
    public void Stop(bool save)
    {
        (_stopping, _save) = (true, save || _save);
        Changed();
    }

    /// <summary>Loads and works to the end; never throws: an error fails the run.</summary>
    public async Task Work(CancellationToken cancellationToken)
    {
        try
        {
            await Load(cancellationToken);
            while (!_stopping && _collector!.Version < spec.MaxSteps)
            {
                if (_collector.IsComplete) await Step(cancellationToken);
                else await _changed.Task.WaitAsync(cancellationToken);
            }

            await End(cancellationToken);
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            // The activation goes away; the next one starts from what the trainer and the group store have.
        }
        catch (Exception fault)
        {
            await Fail(fault);
        }
    }

    private async Task Load(CancellationToken cancellationToken)
    {
        var version = await links.Trainer.Restore(cancellationToken);
        _collector = new(spec, version);
        var stored = await links.Groups.Load(spec.Run, cancellationToken);
        foreach (var offer in stored.Accepted) _collector.Offer(offer);
        foreach (var dropped in stored.Dropped) _collector.Drop(dropped.Key, dropped.Reason);
        await links.Groups.Keep(spec.Run, Known(), cancellationToken);
        _journal.Restored(version);
        await Publish(await links.Trainer.Publish(cancellationToken), cancellationToken);
        await links.Run.Advance(At(loaded: true), cancellationToken);
        _ready = true;
        _times.Opened();
    }

    private async Task Step(CancellationToken cancellationToken)
    {
        var batch = _collector!.Batch();
        _training = batch.Step;
        _times.Training();
        var trained = await links.Trainer.Train(batch, cancellationToken);
        _times.Publishing();
        foreach (var group in batch.Groups) _journal.Trained(group.Group.Key, batch.Step);
        await Publish(await links.Trainer.Publish(cancellationToken), cancellationToken);
        _collector.Commit();
        _times.Opened();
        var recorded = links.Observer.StepTrained(_times.AddTo(trained, batch.Groups), batch.Groups);
        await links.Run.Advance(At(loaded: false), cancellationToken);
        await recorded.WaitAsync(spec.StallLimit, links.Time, cancellationToken);
        if (spec.CheckpointEvery > 0 && batch.Step % spec.CheckpointEvery == 0) await Save(cancellationToken);
        await links.Groups.Keep(spec.Run, Known(), cancellationToken);
        _training = 0;
        _emptySteps = batch.Groups.Count > 0 ? 0 : _emptySteps + 1;
        if (_emptySteps == MaxEmptySteps)
            throw new InvalidOperationException($"No group of the last {MaxEmptySteps} steps could be trained; the last reason: {_lastDrop}.");
    }

    private async Task End(CancellationToken cancellationToken)
    {
        if (_save || !_stopping) await Save(cancellationToken);
        _ended = true;
        await links.Run.Advance(At(loaded: false), cancellationToken);
    }

    private async Task Save(CancellationToken cancellationToken)
    {
        if (_saved == _collector!.Version) return;
        await links.Trainer.Checkpoint(_collector.Version, cancellationToken);
        _saved = _collector.Version;
        _journal.Committed(_saved);
    }

    private async Task Fail(Exception fault)
    {
        (_error, _ended, _training) = (fault.Message, true, 0);
        try
        {
            await links.Run.Fail(new() { Reason = fault.Message, UserError = fault is UserErrorException }, CancellationToken.None);
        }
        catch (Exception)
        {
            // The run grain cannot be reached just now; it asks for the learner's status and finds the error there.
        }
    }

    private async Task Publish(WeightManifest manifest, CancellationToken cancellationToken)
    {
        _digest = manifest.Digest;
        await links.Policy.Publish(new() { Version = manifest.Version, Manifest = manifest }, cancellationToken);
        _journal.Published(manifest.Version, manifest.Digest);
    }

    private async Task Dropped(GroupKey key, string reason, CancellationToken cancellationToken)
    {
        _lastDrop = reason;
        _journal.Dropped(key, reason);
        var dropped = new GroupSettled { Key = key, Outcome = GroupOutcome.Dropped, Reason = reason };
        await links.Groups.Put(dropped, cancellationToken);
        await links.Run.Settle(dropped, cancellationToken);
    }

    private GroupKey[] Known() => [.. _collector!.Held, .. _collector.Dropped.Keys];

    private LearnerAt At(bool loaded) => new()
    {
        Version = _collector!.Version,
        Digest = _digest,
        Held = [.. _collector.Held],
        Dropped = [.. _collector.Dropped.Keys],
        Ended = _ended,
        Loaded = loaded,
    };

    private void Changed()
    {
        var changed = _changed;
        _changed = new(TaskCreationOptions.RunContinuationsAsynchronously);
        changed.TrySetResult();
    }
}
