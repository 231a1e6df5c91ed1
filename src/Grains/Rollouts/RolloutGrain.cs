using Orleans;
using Orleans.Placement;
using PairUni.Contracts;

namespace PairUni.Grains;

/// <summary>The rollout worker that its key names: one device, one <see cref="RolloutLoop"/>.</summary>
[PreferLocalPlacement]
[KeepAlive]
public sealed class RolloutGrain(IRolloutEngines engines, IJournal journal, TimeProvider time) : Grain, IRolloutGrain
{
    private static readonly TimeSpan Grace = TimeSpan.FromSeconds(10);
    private CancellationTokenSource _stop = new();
    private Task _work = Task.CompletedTask;
    private RolloutLoop? _loop;
    private IRolloutEngine? _engine;
    private string _run = "";

    private WorkerKey Worker => WorkerKey.Parse(this.GetPrimaryKeyString());

    public Task Start(RunSpec spec, CancellationToken cancellationToken)
    {
        if (!_work.IsCompleted) return Task.CompletedTask;
        _stop.Dispose();
        _stop = new();
        _run = spec.Run;
        _engine = engines.Of(Worker);
        _loop = new(Worker, spec, _engine, Links(spec), journal, time);
        _work = _loop.Run(_stop.Token);
        return Task.CompletedTask;
    }

    public async Task Drain(CancellationToken cancellationToken)
    {
        _loop?.Drain();
        try
        {
            await _work.WaitAsync(Grace, time, cancellationToken);
        }
        catch (TimeoutException)
        {
            await _stop.CancelAsync();
            await _work.WaitAsync(Grace, time, cancellationToken);
        }
    }

    public Task<WorkerStatus> Status(CancellationToken cancellationToken) => Task.FromResult(new WorkerStatus
    {
        Worker = this.GetPrimaryKeyString(),
        Run = _work.IsCompleted ? "" : _run,
        PolicyVersion = _engine?.PolicyVersion ?? -1,
        Delivered = _loop?.Delivered ?? 0,
        Error = _loop?.Error ?? "",
    });

    public override async Task OnDeactivateAsync(DeactivationReason reason, CancellationToken cancellationToken)
    {
        await _stop.CancelAsync();
        await base.OnDeactivateAsync(reason, cancellationToken);
    }

    private WorkerLinks Links(RunSpec spec) => new(
        GrainFactory.GetGrain<IRunGrain>(spec.Run),
        GrainFactory.GetGrain<ILearnerGrain>(spec.Run),
        GrainFactory.GetGrain<IPolicyGrain>(spec.Run),
        new(spec.Rewards, name => GrainFactory.GetGrain<IRewardGrain>(name)));
}
