using Orleans;
using Orleans.Placement;
using PairUni.Contracts;

namespace PairUni.Grains;

/// <summary>The learner of the run that its key names: one <see cref="LearnerLoop"/>, rebuilt from the last committed step.</summary>
[PreferLocalPlacement]
[KeepAlive]
public sealed class LearnerGrain(IRunServices runs, TimeProvider time) : Grain, ILearnerGrain
{
    private readonly CancellationTokenSource _gone = new();
    private RunSpec? _spec;
    private LearnerLoop? _loop;
    private string _fault = "";
    private Task _work = Task.CompletedTask;

    private string Run => this.GetPrimaryKeyString();

    public Task<LearnerAt?> Start(RunSpec spec, CancellationToken cancellationToken)
    {
        if (!SpecComparison.Same(_spec, spec))
        {
            if (!_work.IsCompleted) throw new InvalidOperationException("The learner is at work on another spec of this run; stop it first.");
            (_spec, _loop, _fault) = (spec, null, "");
            _work = WorkThenLeave(spec);
        }

        return Task.FromResult(_loop?.Position);
    }

    public Task<OfferOutcome> Offer(OfferGroup offer, JournalEntry[] notes, CancellationToken cancellationToken) =>
        _loop?.Offer(offer, notes, cancellationToken) ?? Task.FromResult(OfferOutcome.NotReady);

    public Task Drop(GroupSettled dropped, CancellationToken cancellationToken) =>
        _loop?.Drop(dropped, cancellationToken) ?? throw new InvalidOperationException("The learner is not started; tell it again.");

    public Task Stop(bool save, CancellationToken cancellationToken)
    {
        _loop?.Stop(save);
        return Task.CompletedTask;
    }

    public Task<LearnerStatus> Status(CancellationToken cancellationToken) => Task.FromResult(
        _loop?.Status ?? new() { Ready = false, Version = 0, Training = 0, Held = 0, Error = _fault, Warning = "" });

    public Task<StepTrained[]> Steps(int after, CancellationToken cancellationToken) =>
        _loop?.Recent.After(after, cancellationToken) ?? Task.FromResult<StepTrained[]>([]);

    public Task<OfferGroup[]> Groups(int step, int max, CancellationToken cancellationToken) => Task.FromResult<OfferGroup[]>(
        [.. (_loop?.HeldGroups ?? []).Concat(_loop?.Recent.Groups ?? []).Where(g => g.Group.Key.Step == step).DistinctBy(g => g.Group.Key).Take(max)]);

    public override async Task OnDeactivateAsync(DeactivationReason reason, CancellationToken cancellationToken)
    {
        await _gone.CancelAsync();
        await base.OnDeactivateAsync(reason, cancellationToken);
    }

    // A loop that was replaced makes way; so does, where a run has no attempts to tell apart, one that came to its end: a run that is
    // started again finds a fresh activation.
    private async Task WorkThenLeave(RunSpec spec)
    {
        if (await Open(spec) is { } loop) await loop.Work(_gone.Token);
        if (spec.Attempt == 0 || _loop is null or { IsSuperseded: true }) this.DeactivateOnIdle();
    }

    private async Task<LearnerLoop?> Open(RunSpec spec)
    {
        var run = GrainFactory.GetGrain<IRunGrain>(Run);
        try
        {
            var services = await runs.Learner(spec, _gone.Token);
            return _loop = new(spec, new(run, GrainFactory.GetGrain<IPolicyGrain>(Run), services, time));
        }
        catch (Exception fault) when (!_gone.IsCancellationRequested)
        {
            // Whatever the run needs and cannot have here ends it, with that reason.
            _fault = fault.Message;
            await run.Fail(new() { Reason = fault.Message, UserError = fault is UserErrorException }, CancellationToken.None);
            return null;
        }
    }
}
