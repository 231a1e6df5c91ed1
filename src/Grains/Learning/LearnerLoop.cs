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

    private static readonly TimeSpan SettleLimit = TimeSpan.FromSeconds(2);

    private static readonly TimeSpan SaveAgain = TimeSpan.FromSeconds(1);

    private readonly StepTimes _times = new(links.Time);
    private readonly LearnerJournal _journal = new(spec.Run, links.Services.Journal);
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
    private LearnerEpoch _epoch;
    private string _warning = "";

    /// <summary>The steps that it trained, for whoever looks on.</summary>
    public RecentSteps Recent { get; } = new(links.Time);

    /// <summary>The groups that it holds, in the order of their keys.</summary>
    public IEnumerable<OfferGroup> HeldGroups => _collector?.Groups ?? [];

    /// <summary>Whether it ended because a newer learner of the run came up.</summary>
    public bool IsSuperseded { get; private set; }

    /// <summary>Where it stands; nothing while loading.</summary>
    public LearnerAt? Position => _ready ? At(loaded: false) : null;

    public LearnerStatus Status => new()
    {
        Ready = _ready,
        Version = _collector?.Version ?? 0,
        Training = _training,
        Held = _collector?.Held.Count ?? 0,
        Error = _error,
        Warning = _warning,
    };

    /// <summary>Takes a scored group and stores it; the run hears of it unless it is stale.</summary>
    public async Task<OfferOutcome> Offer(OfferGroup offer, IReadOnlyList<JournalEntry> notes, CancellationToken cancellationToken)
    {
        if (_ended) return OfferOutcome.Stale;
        if (!_ready) return OfferOutcome.NotReady;
        foreach (var note in notes) links.Services.Journal.Append(note);
        var outcome = _collector!.Offer(offer);
        // Here and not at the worker: the step may be trained before the worker has the answer.
        _journal.Offered(offer, outcome);
        if (outcome == OfferOutcome.Accepted) await links.Services.Groups.Put(offer, _epoch.Number, cancellationToken);
        if (outcome == OfferOutcome.Failed) await Dropped(offer.Group.Key, _collector.Dropped[offer.Group.Key], cancellationToken);
        if (outcome is OfferOutcome.Accepted or OfferOutcome.Duplicate)
        {
            var settled = new GroupSettled { Key = offer.Group.Key, Outcome = GroupOutcome.Accepted, Reason = "" };
            await TellSettled(settled, cancellationToken);
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
        catch (SupersededException)
        {
            // A newer learner has the run: whatever this one says now is void.
            (_ended, _ready, IsSuperseded) = (true, false, true);
        }
        catch (Exception fault)
        {
            await Fail(fault);
        }
    }

    private async Task Load(CancellationToken cancellationToken)
    {
        _epoch = await links.Services.Fence.Enter(spec.Run, cancellationToken);
        _journal.Epoch = _epoch.Number > 0 ? _epoch.Number : null;
        var version = await links.Services.Trainer.Restore(_epoch, cancellationToken);
        _collector = new(spec, version);
        var stored = await links.Services.Groups.Load(spec.Run, cancellationToken);
        foreach (var offer in stored.Accepted) _collector.Offer(offer);
        foreach (var dropped in stored.Dropped) _collector.Drop(dropped.Key, dropped.Reason);
        await links.Services.Groups.Keep(spec.Run, Known(), _epoch.Number, cancellationToken);
        await links.Services.Fence.Check(spec.Run, _epoch.Number, cancellationToken);
        _journal.Restored(version);
        links.Services.Observer.Restored(version);
        await Publish(await links.Services.Trainer.Publish(cancellationToken), cancellationToken);
        await Tell(() => links.Run.Advance(At(loaded: true), cancellationToken), cancellationToken);
        _ready = true;
        _times.Opened();
    }

    private async Task Step(CancellationToken cancellationToken)
    {
        var batch = _collector!.Batch();
        _training = batch.Step;
        _times.Training();
        var trained = await links.Services.Trainer.Train(batch, cancellationToken);
        await links.Services.Fence.Check(spec.Run, _epoch.Number, cancellationToken);
        _times.Publishing();
        foreach (var group in batch.Groups) _journal.Trained(group.Group.Key, batch.Step);
        await Publish(await links.Services.Trainer.Publish(cancellationToken), cancellationToken);
        _collector.Commit();
        _times.Opened();
        var timed = _times.AddTo(trained, batch.Groups);
        var recorded = links.Services.Observer.StepTrained(timed, batch.Groups);
        Recent.Add(timed, batch.Groups);
        await Tell(() => links.Run.Advance(At(loaded: false), cancellationToken), cancellationToken);
        await recorded.WaitAsync(spec.StallLimit, links.Time, cancellationToken);
        if (IsSaveDue(batch.Step)) await SaveIfPossible(cancellationToken);
        await links.Services.Groups.Keep(spec.Run, Known(), _epoch.Number, cancellationToken);
        _training = 0;
        _emptySteps = batch.Groups.Count > 0 ? 0 : _emptySteps + 1;
        if (_emptySteps == MaxEmptySteps)
            throw new InvalidOperationException($"No group of the last {MaxEmptySteps} steps could be trained; the last reason: {_lastDrop}.");
    }

    private async Task End(CancellationToken cancellationToken)
    {
        if (_save || !_stopping) await SaveAtLast(cancellationToken);
        _ended = true;
        await Tell(() => links.Run.Advance(At(loaded: false), cancellationToken), cancellationToken);
    }

    // Also at the first step after one that could not be saved.
    private bool IsSaveDue(int step) => spec.CheckpointEvery > 0 && (step % spec.CheckpointEvery == 0 || _warning.Length > 0);

    private async Task Save(CancellationToken cancellationToken)
    {
        if (_saved == _collector!.Version) return;
        await links.Services.Fence.Check(spec.Run, _epoch.Number, cancellationToken);
        await links.Services.Trainer.Checkpoint(_collector.Version, cancellationToken);
        await links.Services.Fence.Commit(spec.Run, _epoch.Number, _collector.Version, cancellationToken);
        (_saved, _warning) = (_collector.Version, "");
        _journal.Committed(_saved);
    }

    // In a cluster a full disk is a passing thing: the run goes on and saves when it can. One process tells its person at once.
    private async Task SaveIfPossible(CancellationToken cancellationToken)
    {
        try
        {
            await Save(cancellationToken);
        }
        catch (UserErrorException fault) when (spec.Attempt > 0)
        {
            _warning = fault.Message;
        }
    }

    private async Task SaveAtLast(CancellationToken cancellationToken)
    {
        var start = links.Time.GetTimestamp();
        while (true)
        {
            await SaveIfPossible(cancellationToken);
            if (_warning.Length == 0) return;
            if (links.Time.GetElapsedTime(start) > spec.StallLimit) throw new UserErrorException(_warning);
            await Task.Delay(SaveAgain, links.Time, cancellationToken);
        }
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
        await Tell(() => links.Policy.Publish(new() { Version = manifest.Version, Manifest = manifest }, cancellationToken), cancellationToken);
        _journal.Published(manifest.Version, manifest.Digest);
        _collector!.Publish(manifest.Version, manifest.Digest);
    }

    private async Task Dropped(GroupKey key, string reason, CancellationToken cancellationToken)
    {
        _lastDrop = reason;
        _journal.Dropped(key, reason);
        var dropped = new GroupSettled { Key = key, Outcome = GroupOutcome.Dropped, Reason = reason };
        await links.Services.Groups.Put(dropped, _epoch.Number, cancellationToken);
        await TellSettled(dropped, cancellationToken);
    }

    // Part of a caller's turn, and a silo cannot leave before its turns have ended: so not for long. What the run does not hear now it
    // hears when it asks where the learner stands, or when it hands the group out again and the offer is a duplicate.
    private async Task TellSettled(GroupSettled settled, CancellationToken cancellationToken)
    {
        try
        {
            await links.Run.Settle(settled, cancellationToken).WaitAsync(SettleLimit, links.Time, cancellationToken);
        }
        catch (Exception) when (!cancellationToken.IsCancellationRequested)
        {
            // The run grain is between two silos.
        }
    }

    private Task Tell(Func<Task> call, CancellationToken cancellationToken) =>
        GrainCalls.Repeat(call, spec.StallLimit, links.Time, cancellationToken);

    private GroupKey[] Known() => [.. _collector!.Held, .. _collector.Dropped.Keys];

    private LearnerAt At(bool loaded) => new()
    {
        Version = _collector!.Version,
        Digest = _digest,
        Held = [.. _collector.Held],
        Dropped = [.. _collector.Dropped.Keys],
        Ended = _ended,
        Loaded = loaded,
        Epoch = _epoch.Number,
    };

    private void Changed()
    {
        var changed = _changed;
        _changed = new(TaskCreationOptions.RunContinuationsAsynchronously);
        changed.TrySetResult();
    }
}
