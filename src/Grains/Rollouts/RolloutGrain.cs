using Orleans;
using Orleans.Placement;
using PairUni.Contracts;

namespace PairUni.Grains;

/// <summary>The rollout worker that its key names: one device, one <see cref="RolloutLoop"/>.</summary>
[PreferLocalPlacement]
[KeepAlive]
public sealed class RolloutGrain(IRunServices runs, TimeProvider time) : Grain, IRolloutGrain
{
    private static readonly TimeSpan HandingBack = TimeSpan.FromSeconds(10);
    private CancellationTokenSource _stop = new();
    private Task _work = Task.CompletedTask;
    private RolloutLoop? _loop;
    private IRolloutEngine? _engine;
    private RunSpec? _refused;
    private string _run = "";
    private string _fault = "";

    private WorkerKey Worker => WorkerKey.Parse(this.GetPrimaryKeyString());

    public Task Start(RunSpec spec, CancellationToken cancellationToken)
    {
        if (!_work.IsCompleted || SpecComparison.Same(_refused, spec)) return Task.CompletedTask;
        _stop.Dispose();
        _stop = new();
        (_run, _loop) = (spec.Run, null);
        _work = Work(spec, _stop.Token);
        return Task.CompletedTask;
    }

    public async Task Drain(TimeSpan grace, CancellationToken cancellationToken)
    {
        _loop?.Drain();
        try
        {
            await _work.WaitAsync(grace, time, cancellationToken);
        }
        catch (TimeoutException)
        {
            await _stop.CancelAsync();
            await _work.WaitAsync(HandingBack, time, cancellationToken);
        }
    }

    public Task<WorkerStatus> Status(CancellationToken cancellationToken) => Task.FromResult(new WorkerStatus
    {
        Worker = this.GetPrimaryKeyString(),
        Run = _work.IsCompleted ? "" : _run,
        PolicyVersion = _engine?.PolicyVersion ?? -1,
        Delivered = _loop?.Delivered ?? 0,
        Error = _loop?.Error ?? _fault,
    });

    public override async Task OnDeactivateAsync(DeactivationReason reason, CancellationToken cancellationToken)
    {
        await _stop.CancelAsync();
        await base.OnDeactivateAsync(reason, cancellationToken);
    }

    private async Task Work(RunSpec spec, CancellationToken cancellationToken)
    {
        try
        {
            _engine = await runs.Engine(spec, Worker, cancellationToken);
            _loop = new(Worker, spec, _engine, Links(spec), await runs.Fingerprint(spec, cancellationToken), time);
            _fault = "";
        }
        catch (Exception fault)
        {
            // The run's model or device cannot be had here: the status says so, and the next start tries again.
            _fault = fault.Message;
            return;
        }

        await _loop.Run(cancellationToken);
        if (_loop.IsRefused) _refused = spec;
    }

    private WorkerLinks Links(RunSpec spec) => new(
        GrainFactory.GetGrain<IRunGrain>(spec.Run),
        GrainFactory.GetGrain<ILearnerGrain>(spec.Run),
        GrainFactory.GetGrain<IPolicyGrain>(spec.Run),
        new(spec.Rewards, name => GrainFactory.GetGrain<IRewardGrain>(name)));
}
