using Orleans;
using Orleans.Concurrency;
using Orleans.Runtime;
using PairUni.Contracts;

namespace PairUni.Grains;

/// <summary>
/// The run that its key names. Reentrant: each change of the board is one synchronous piece, so nothing is seen half done, and the
/// learner can always reach it.
/// </summary>
[KeepAlive]
[Reentrant]
public sealed class RunGrain(
    [PersistentState("run", GrainStorage.Name)] IPersistentState<RunState> state, IRunServices runs, TimeProvider time) : Grain, IRunGrain
{
    private static readonly TimeSpan TickPeriod = TimeSpan.FromMilliseconds(250);
    private static readonly TimeSpan LongestClaim = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan AfterFault = TimeSpan.FromMilliseconds(100);
    private static readonly TimeSpan SaveLimit = TimeSpan.FromMinutes(1);
    private readonly Queue<GroupSettled> _drops = [];
    private readonly WorkSignal _work = new(time);
    private LearnerServices? _services;
    private string _fingerprint = "";
    private WorkBoard? _board;
    private ProgressWatch? _watch;
    private Task _opened = Task.CompletedTask;
    private Task _saved = Task.CompletedTask;

    private string Run => this.GetPrimaryKeyString();

    private bool IsOver => state.State.Phase is not (RunPhase.Running or RunPhase.Stopping);

    private ILearnerGrain Learner => GrainFactory.GetGrain<ILearnerGrain>(Run);

    public override Task OnActivateAsync(CancellationToken cancellationToken)
    {
        this.RegisterGrainTimer(Tick, new GrainTimerCreationOptions(TimeSpan.Zero, TickPeriod) { Interleave = true });
        if (state.State.Spec is { } spec && !IsOver) _opened = Open(spec);
        return base.OnActivateAsync(cancellationToken);
    }

    public async Task Start(RunSpec spec, CancellationToken cancellationToken)
    {
        var isSame = SpecComparison.Same(state.State.Spec, spec);
        if (isSame && (state.State.Phase == RunPhase.Running || spec.Attempt > 0)) return;
        _board = null;
        state.State = new() { Spec = spec, Phase = RunPhase.Running };
        _opened = Open(spec);
        await Save();
        await _opened.WaitAsync(cancellationToken);
        await Learner.Start(spec, cancellationToken);
    }

    public async Task<WorkClaimed> Claim(ClaimWork claim, CancellationToken cancellationToken)
    {
        var start = time.GetTimestamp();
        while (true)
        {
            if (IsOver) return Nothing with { RunEnded = true };
            if (_board is { } board)
            {
                if (Refusal(claim) is { } refusal) return Nothing with { Refusal = refusal };
                var leases = state.State is { Phase: RunPhase.Running, Paused: false } ? Lease(board, claim) : [];
                if (leases is null) return Nothing with { RetryAfter = AfterFault };
                if (leases.Count > 0 || state.State.Phase == RunPhase.Stopping) return board.Answer(leases, state.State.Phase == RunPhase.Stopping);
            }

            if (!await _work.Wait(LongestClaim - time.GetElapsedTime(start), cancellationToken)) return Nothing;
        }
    }

    public Task<bool> Renew(RenewLease renewal, CancellationToken cancellationToken) =>
        Task.FromResult(_board is not { } board ? !IsOver : board.Renew(renewal, time.GetUtcNow()));

    public async Task Release(ReleaseLease release, CancellationToken cancellationToken)
    {
        if (_board is not { } board || !board.Holds(release)) return;
        if (!release.Untried) _watch!.Faulted(release.Reason);
        var drop = board.Release(release, time.GetUtcNow());
        _work.Raise();
        if (drop is null) return;
        _drops.Enqueue(drop);
        await TellDrops(cancellationToken);
    }

    public Task Record(JournalEntry[] notes, CancellationToken cancellationToken)
    {
        foreach (var note in notes) _services?.Journal.Append(note);
        return Task.CompletedTask;
    }

    public Task Leave(WorkerLeft left, CancellationToken cancellationToken)
    {
        _board?.Leave(left);
        _work.Raise();
        return Task.CompletedTask;
    }

    public Task Settle(GroupSettled settled, CancellationToken cancellationToken)
    {
        if (_board?.Settle(settled.Key, time.GetUtcNow()) == true) _watch!.Progressed();
        return Task.CompletedTask;
    }

    public async Task Advance(LearnerAt learner, CancellationToken cancellationToken)
    {
        if (_board is null) return;
        if (learner.Loaded || learner.Version > _board.Version) _board.Advance(learner);
        _watch!.Progressed();
        _work.Raise();
        if (learner.Ended && !IsOver) await End(learner.Version);
    }

    public async Task Fail(RunFailed failed, CancellationToken cancellationToken)
    {
        if (IsOver) return;
        (state.State.Error, state.State.UserError) = (failed.Reason, failed.UserError);
        await End(_board?.Version ?? 0);
    }

    public async Task Pause(bool paused, CancellationToken cancellationToken)
    {
        if (IsOver || state.State.Paused == paused) return;
        state.State.Paused = paused;
        _watch?.Progressed();
        _work.Raise();
        await Save();
    }

    public async Task Stop(bool save, CancellationToken cancellationToken)
    {
        if (IsOver) return;
        (state.State.Phase, state.State.Save) = (RunPhase.Stopping, save);
        _work.Raise();
        await Save();
        await Learner.Stop(save, cancellationToken);
    }

    public async Task<RunStatus> Status(CancellationToken cancellationToken) => new()
    {
        Phase = state.State.Phase,
        Version = Math.Max(state.State.Version, _board?.Version ?? 0),
        MaxSteps = state.State.Spec?.MaxSteps ?? 0,
        Open = _board?.Open ?? 0,
        Leased = _board?.Leased ?? 0,
        Settled = _board?.Settled ?? 0,
        Workers = [.. _board?.Workers ?? []],
        Error = state.State.Error,
        UserError = state.State.UserError,
        WorkerEntries = [.. _board?.WorkerEntries ?? []],
        Paused = state.State.Paused,
        Warning = IsOver ? "" : await LearnersWarning(cancellationToken),
    };

    private static WorkClaimed Nothing => new()
    {
        Leases = [],
        PolicyVersion = -1,
        PolicyDigest = "",
        RunEnded = false,
        RetryAfter = TimeSpan.Zero,
        Refusal = "",
    };

    private string? Refusal(ClaimWork claim) => claim.Fingerprint == _fingerprint
        ? null
        : $"The worker {claim.Worker} generates with {claim.Fingerprint}, the run {Run} is trained with {_fingerprint}; give both the same build and the same model.";

    // Nothing when the data could not be read.
    private IReadOnlyList<GroupLease>? Lease(WorkBoard board, ClaimWork claim)
    {
        try
        {
            return board.Claim(claim, time.GetUtcNow());
        }
        catch (Exception fault)
        {
            // The data is foreign and may go bad under the run: too many such faults end it with this reason.
            _watch!.Faulted(fault.Message);
            board.Leave(new() { Worker = claim.Worker, Reason = fault.Message });
            return null;
        }
    }

    // In a cluster the run may come up elsewhere and then gives ids above those of before; milliseconds leave room for many in between.
    private long FirstLease(RunSpec spec) => spec.Attempt > 0 ? time.GetUtcNow().ToUnixTimeMilliseconds() * 1000 : 1;

    // The services may take long to make (data is drawn, files are read), so nothing waits for them but claims.
    private async Task Open(RunSpec spec)
    {
        try
        {
            _services = await runs.Learner(spec, CancellationToken.None);
            _fingerprint = await runs.Fingerprint(spec, CancellationToken.None);
            _board = new(spec, _services.Pairs, _services.Journal, FirstLease(spec));
            _watch = new(spec.StallLimit, time);
            _drops.Clear();
        }
        catch (Exception fault)
        {
            await Fail(new() { Reason = fault.Message, UserError = fault is UserErrorException }, CancellationToken.None);
        }
    }

    private async Task<string> LearnersWarning(CancellationToken cancellationToken)
    {
        try
        {
            return (await Learner.Status(cancellationToken)).Warning;
        }
        catch (Exception fault) when (!cancellationToken.IsCancellationRequested)
        {
            // It is between two silos.
            return $"the learner cannot be reached just now: {fault.Message}";
        }
    }

    private async Task Tick(CancellationToken cancellationToken)
    {
        if (IsOver || _board is not { } board) return;
        if (board.Expire(time.GetUtcNow())) _work.Raise();
        if (state.State.Paused) _watch!.Progressed();
        if (_watch!.Verdict(board.Workers.Count) is { } verdict) await GiveUp(verdict, cancellationToken);
        if (await Learner.Start(state.State.Spec!, cancellationToken) is { } position)
        {
            if (board.Version < 0)
            {
                board.Advance(position with { Loaded = true });
                _work.Raise();
            }

            if (position.Ended && !IsOver) await End(position.Version);
            await TellDrops(cancellationToken);
        }
        else if (await Learner.Status(cancellationToken) is { Error.Length: > 0 } status)
        {
            await Fail(new() { Reason = status.Error, UserError = false }, cancellationToken);
        }

        if (state.State.Phase == RunPhase.Stopping) await Learner.Stop(state.State.Save, cancellationToken);
    }

    // The first verdict lets the learner save; if even that does not come to an end, the second one ends the run without it.
    private async Task GiveUp(string verdict, CancellationToken cancellationToken)
    {
        if (state.State.Phase == RunPhase.Stopping)
        {
            if (state.State.Error.Length == 0) state.State.Error = verdict;
            await End(_board!.Version);
            return;
        }

        state.State.Error = verdict;
        _watch!.Progressed();
        await Stop(save: true, cancellationToken);
    }

    private async Task TellDrops(CancellationToken cancellationToken)
    {
        while (_drops.TryPeek(out var drop))
        {
            await Learner.Drop(drop, cancellationToken);
            if (_drops.TryPeek(out var told) && told.Key == drop.Key) _drops.Dequeue();
        }
    }

    private async Task End(int version)
    {
        var s = state.State;
        s.Version = Math.Max(0, version);
        s.Phase = s.Error.Length > 0 ? RunPhase.Failed : version >= s.Spec!.MaxSteps ? RunPhase.Finished : RunPhase.Stopped;
        _work.Raise();
        await GrainCalls.Repeat(Save, SaveLimit, time, CancellationToken.None);
        _services?.Observer.Ended(Run, s.Phase, s.Error);
    }

    // Reentrant, so writes are put one after another.
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
