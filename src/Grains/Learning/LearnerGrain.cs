using Orleans;
using PairUni.Contracts;

namespace PairUni.Grains;

/// <summary>The learner of the run that its key names: one <see cref="LearnerLoop"/>, rebuilt from the last committed step.</summary>
[KeepAlive]
public sealed class LearnerGrain(
    IPolicyTrainer trainer, IGroupStore groups, IJournal journal, IRunObserver observer, TimeProvider time) : Grain, ILearnerGrain
{
    private readonly CancellationTokenSource _gone = new();
    private RunSpec? _spec;
    private LearnerLoop? _loop;
    private Task _work = Task.CompletedTask;

    public Task<LearnerAt?> Start(RunSpec spec, CancellationToken cancellationToken)
    {
        if (!SpecComparison.Same(_spec, spec))
        {
            if (!_work.IsCompleted) throw new InvalidOperationException("The learner is at work on another spec of this run; stop it first.");
            _spec = spec;
            _loop = new(spec, Links());
            _work = WorkThenLeave(_loop);
        }

        return Task.FromResult(_loop!.Position);
    }

    public Task<OfferOutcome> Offer(OfferGroup offer, CancellationToken cancellationToken) =>
        _loop?.Offer(offer, cancellationToken) ?? Task.FromResult(OfferOutcome.NotReady);

    public Task Drop(GroupSettled dropped, CancellationToken cancellationToken) =>
        _loop?.Drop(dropped, cancellationToken) ?? throw new InvalidOperationException("The learner is not started; tell it again.");

    public Task Stop(bool save, CancellationToken cancellationToken)
    {
        _loop?.Stop(save);
        return Task.CompletedTask;
    }

    public Task<LearnerStatus> Status(CancellationToken cancellationToken) =>
        Task.FromResult(_loop?.Status ?? new() { Ready = false, Version = 0, Training = 0, Held = 0, Error = "" });

    public override async Task OnDeactivateAsync(DeactivationReason reason, CancellationToken cancellationToken)
    {
        await _gone.CancelAsync();
        await base.OnDeactivateAsync(reason, cancellationToken);
    }

    // A loop that came to its end makes way, so that a run that is started again finds a fresh activation.
    private async Task WorkThenLeave(LearnerLoop loop)
    {
        await loop.Work(_gone.Token);
        this.DeactivateOnIdle();
    }

    private LearnerLinks Links()
    {
        var run = this.GetPrimaryKeyString();
        return new(
            GrainFactory.GetGrain<IRunGrain>(run), GrainFactory.GetGrain<IPolicyGrain>(run), trainer, groups, journal, observer, time);
    }
}
