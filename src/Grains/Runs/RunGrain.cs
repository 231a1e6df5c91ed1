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
    [PersistentState("run", GrainStorage.Name)] IPersistentState<RunState> state,
    IPairSource pairs, IJournal journal, IRunObserver observer, TimeProvider time) : Grain, IRunGrain
{
    private static readonly TimeSpan TickPeriod = TimeSpan.FromMilliseconds(500);
    private readonly Queue<GroupSettled> _drops = [];
    private WorkBoard? _board;
    private ProgressWatch? _watch;
    private Task _saved = Task.CompletedTask;

    private bool IsOver => state.State.Phase is not (RunPhase.Running or RunPhase.Stopping);

    private ILearnerGrain Learner => GrainFactory.GetGrain<ILearnerGrain>(this.GetPrimaryKeyString());

    public override Task OnActivateAsync(CancellationToken cancellationToken)
    {
        this.RegisterGrainTimer(Tick, new GrainTimerCreationOptions(TimeSpan.Zero, TickPeriod) { Interleave = true });
        if (state.State.Spec is { } spec && !IsOver) Begin(spec);
        return base.OnActivateAsync(cancellationToken);
    }

    public async Task Start(RunSpec spec, CancellationToken cancellationToken)
    {
        if (state.State.Phase == RunPhase.Running && SpecComparison.Same(state.State.Spec, spec)) return;
        Begin(spec);
        (state.State.Spec, state.State.Phase, state.State.Error, state.State.UserError) = (spec, RunPhase.Running, "", false);
        await Save();
        await Learner.Start(spec, cancellationToken);
    }

    public Task<WorkClaimed> Claim(ClaimWork claim, CancellationToken cancellationToken)
    {
        if (_board is null) return Task.FromResult(Over);
        var running = state.State.Phase == RunPhase.Running;
        return Task.FromResult(_board.Answer(running ? Lease(_board, claim) : [], !running));
    }

    public Task<bool> Renew(RenewLease renewal, CancellationToken cancellationToken) =>
        Task.FromResult(_board?.Renew(renewal, time.GetUtcNow()) ?? false);

    public async Task Release(ReleaseLease release, CancellationToken cancellationToken)
    {
        _watch?.Faulted(release.Reason);
        if (_board?.Release(release) is not { } drop) return;
        _drops.Enqueue(drop);
        await TellDrops(cancellationToken);
    }

    public Task Leave(WorkerLeft left, CancellationToken cancellationToken)
    {
        _board?.Leave(left);
        return Task.CompletedTask;
    }

    public Task Settle(GroupSettled settled, CancellationToken cancellationToken)
    {
        if (_board?.Settle(settled.Key) == true) _watch!.Progressed();
        return Task.CompletedTask;
    }

    public async Task Advance(LearnerAt learner, CancellationToken cancellationToken)
    {
        if (_board is null) return;
        if (learner.Loaded || learner.Version > _board.Version) _board.Advance(learner);
        _watch!.Progressed();
        if (learner.Ended && !IsOver) await End(learner.Version);
    }

    public async Task Fail(RunFailed failed, CancellationToken cancellationToken)
    {
        if (IsOver) return;
        (state.State.Error, state.State.UserError) = (failed.Reason, failed.UserError);
        await End(_board?.Version ?? 0);
    }

    public async Task Stop(bool save, CancellationToken cancellationToken)
    {
        if (IsOver) return;
        (state.State.Phase, state.State.Save) = (RunPhase.Stopping, save);
        await Save();
        await Learner.Stop(save, cancellationToken);
    }

    public Task<RunStatus> Status(CancellationToken cancellationToken) => Task.FromResult(new RunStatus
    {
        Phase = state.State.Phase,
        Version = Math.Max(0, _board?.Version ?? 0),
        MaxSteps = state.State.Spec?.MaxSteps ?? 0,
        Open = _board?.Open ?? 0,
        Leased = _board?.Leased ?? 0,
        Settled = _board?.Settled ?? 0,
        Workers = [.. _board?.Workers ?? []],
        Error = state.State.Error,
        UserError = state.State.UserError,
    });

    private static WorkClaimed Over => new()
    {
        Leases = [],
        PolicyVersion = -1,
        PolicyDigest = "",
        RunEnded = true,
        RetryAfter = TickPeriod,
    };

    private IReadOnlyList<GroupLease> Lease(WorkBoard board, ClaimWork claim)
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
            return [];
        }
    }

    private void Begin(RunSpec spec)
    {
        _board = new(spec, pairs, journal);
        _watch = new(spec.StallLimit, time);
        _drops.Clear();
    }

    private async Task Tick(CancellationToken cancellationToken)
    {
        if (IsOver || _board is not { } board) return;
        board.Expire(time.GetUtcNow());
        if (_watch!.Verdict(board.Workers.Count) is { } verdict) await GiveUp(verdict, cancellationToken);
        if (await Learner.Start(state.State.Spec!, cancellationToken) is { } position)
        {
            if (board.Version < 0) board.Advance(position with { Loaded = true });
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
        s.Phase = s.Error.Length > 0 ? RunPhase.Failed : version >= s.Spec!.MaxSteps ? RunPhase.Finished : RunPhase.Stopped;
        await Save();
        observer.Ended(this.GetPrimaryKeyString(), s.Phase, s.Error);
    }

    // Reentrant, so writes are put one after another.
    private Task Save()
    {
        return _saved = After(_saved);

        async Task After(Task before)
        {
            await before;
            await state.WriteStateAsync();
        }
    }
}
