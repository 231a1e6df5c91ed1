using Orleans;
using Orleans.Concurrency;
using Orleans.Runtime;
using PairUni.Contracts;

namespace PairUni.Grains;

/// <summary>
/// The cluster's register. Reentrant, so that a submission that looks at files holds up nobody; changes of the list are one synchronous
/// piece each, stored before they are told.
/// </summary>
[KeepAlive]
[Reentrant]
public sealed class RunsGrain(
    [PersistentState("runs", GrainStorage.Name)] IPersistentState<RunsState> state, IRunPreparation preparation, ISiloProbe probe, TimeProvider time)
    : Grain, IRunsGrain
{
    private static readonly TimeSpan LongestFollow = TimeSpan.FromSeconds(20);
    private static readonly TimeSpan TickPeriod = TimeSpan.FromSeconds(2);
    private readonly WorkSignal _changed = new(time);
    private readonly SiloRoll _silos = new();
    private readonly HashSet<string> _submitting = new(StringComparer.Ordinal);
    private Task _saved = Task.CompletedTask;
    private bool _areSilosStored = true;
    private long _version;

    public override Task OnActivateAsync(CancellationToken cancellationToken)
    {
        // Above every version that an earlier activation gave.
        _version = time.GetUtcNow().UtcTicks;
        _silos.Restore(state.State.Silos, time.GetUtcNow());
        this.RegisterGrainTimer(Tick, new GrainTimerCreationOptions(TickPeriod, TickPeriod) { Interleave = true });
        return base.OnActivateAsync(cancellationToken);
    }

    public async Task<RequestAnswer> Submit(SubmitRun submission, CancellationToken cancellationToken)
    {
        if (RunList.Refusal(state.State.Runs, submission) is { Length: > 0 } refusal) return Answer(refusal);
        if (!_submitting.Add(submission.Name)) return Answer($"The run '{submission.Name}' is being submitted by somebody else just now; choose another --name.");
        try
        {
            if (await preparation.Prepare(submission, cancellationToken) is { Length: > 0 } obstacle) return Answer(obstacle);
            await Change(RunList.With(state.State.Runs, submission, time.GetUtcNow()));
            return Answer("");
        }
        finally
        {
            _submitting.Remove(submission.Name);
        }
    }

    public async Task<RequestAnswer> Wish(string run, RunWish wish, CancellationToken cancellationToken)
    {
        var (runs, refusal) = RunList.Wish(state.State.Runs, run, wish);
        if (refusal.Length == 0) await Change(runs);
        return Answer(refusal);
    }

    public async Task<RequestAnswer> Change(string run, RunChange change, CancellationToken cancellationToken)
    {
        var (runs, refusal) = RunList.Change(state.State.Runs, run, change);
        if (refusal.Length == 0) await Change(runs);
        return Answer(refusal);
    }

    public async Task<RequestAnswer> Drain(string worker, CancellationToken cancellationToken)
    {
        var known = _silos.Silos.SelectMany(s => Enumerable.Range(0, s.Devices).Select(d => new WorkerKey(s.Name, d).ToString()).Append(s.Name));
        if (!known.Contains(worker)) return Answer($"There is no worker or silo '{worker}' in this cluster; pairuni status lists them.");
        if (!state.State.Drained.Contains(worker)) state.State.Drained = [.. state.State.Drained, worker];
        await Change(state.State.Runs);
        return Answer("");
    }

    public async Task<SiloJoined> Join(JoinSilo join, CancellationToken cancellationToken)
    {
        var silo = join.Silo;
        if (join.Protocol != Protocol.Version)
            return Joined($"The cluster speaks version {Protocol.Version} of the protocol, this silo version {join.Protocol}; use one build for all silos.");
        if (_silos.Namesake(silo) is { } namesake)
        {
            var answers = await probe.Answers(namesake.Address, cancellationToken);
            if (answers != false)
                return Joined($"A silo named '{silo.Name}' is at work at {namesake.Address} already; give this one another --name.", retry: answers is null);
        }

        if (!_silos.Seen(silo, time.GetUtcNow())) return Joined("");
        // Whoever comes anew was not told to leave: a drain is of the process that was there.
        if (state.State.Drained.Any(d => IsOf(d, silo.Name)))
        {
            state.State.Drained = [.. state.State.Drained.Where(d => !IsOf(d, silo.Name))];
            await Change(state.State.Runs);
        }

        SilosChanged();
        return Joined("");
    }

    public async Task Leave(string instance, CancellationToken cancellationToken)
    {
        if (!_silos.Left(instance)) return;
        SilosChanged();
        // The one that leaves may be the one that this register is on.
        await SaveSilos();
    }

    public Task Ended(RunEntry ended, CancellationToken cancellationToken)
    {
        var runs = RunList.Ended(state.State.Runs, ended);
        return runs.SequenceEqual(state.State.Runs) ? Task.CompletedTask : Change(runs);
    }

    public async Task<RunRegister> Follow(long known, CancellationToken cancellationToken)
    {
        if (known == _version) await _changed.Wait(LongestFollow, cancellationToken);
        return new() { Version = _version, Runs = state.State.Runs, Silos = _silos.Silos, Drained = state.State.Drained };
    }

    private static RequestAnswer Answer(string refusal) => new() { Refusal = refusal };

    private static bool IsOf(string drained, string silo) => drained == silo || drained.StartsWith(silo + "/", StringComparison.Ordinal);

    private SiloJoined Joined(string refusal, bool retry = false) => new() { Refusal = refusal, Retry = retry, Now = time.GetUtcNow() };

    private async Task Tick(CancellationToken cancellationToken)
    {
        if (_silos.Expire(time.GetUtcNow())) SilosChanged();
        await SaveSilos();
    }

    // Those who come do not wait for this to be stored: they say again and again who they are.
    private void SilosChanged()
    {
        (state.State.Silos, _areSilosStored) = (_silos.Silos, false);
        state.State.Drained = [.. state.State.Drained.Where(d => Array.Exists(state.State.Silos, s => IsOf(d, s.Name)))];
        Raise();
    }

    private async Task SaveSilos()
    {
        if (_areSilosStored) return;
        _areSilosStored = true;
        try
        {
            await Save();
        }
        catch (Exception)
        {
            _areSilosStored = false;
            throw;
        }
    }

    private async Task Change(RunEntry[] runs)
    {
        var before = state.State.Runs;
        state.State.Runs = runs;
        try
        {
            await Save();
        }
        catch (Exception) when (state.State.Runs == runs)
        {
            state.State.Runs = before;
            throw;
        }

        Raise();
    }

    private void Raise()
    {
        _version++;
        _changed.Raise();
    }

    private Task Save()
    {
        return _saved = After(_saved);

        async Task After(Task before)
        {
            await Task.WhenAny(before);
            await state.WriteStateAsync();
        }
    }
}
