using Orleans;
using PairUni.Contracts;

namespace PairUni.Silo;

/// <summary>The rollout workers of this silo: one for each device, at work for the oldest run that goes on.</summary>
public sealed class WorkerCrew(SiloSettings settings, RunPlace place, IGrainFactory grains)
{
    private readonly HashSet<string> _leaving = new(StringComparer.Ordinal);
    private readonly TaskCompletionSource _dismissed = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private Task _draining = Task.CompletedTask;

    /// <summary>Completes when the whole silo was told to leave.</summary>
    public Task Dismissed => _dismissed.Task;

    private IEnumerable<WorkerKey> Workers => settings.Roles.HasFlag(SiloRole.Rollout)
        ? Enumerable.Range(0, settings.Devices).Select(d => new WorkerKey(settings.Name, d))
        : [];

    /// <summary>Sees to it that the workers work, and that those leave that are to.</summary>
    public async Task Work(IReadOnlyList<RunEntry> runs, IReadOnlyCollection<string> drained, CancellationToken cancellationToken)
    {
        if (drained.Contains(settings.Name)) _dismissed.TrySetResult();
        foreach (var worker in Workers.Select(w => w.ToString()))
        {
            if (drained.Contains(worker) || drained.Contains(settings.Name)) Leave(worker);
            else _leaving.Remove(worker);
            if (_leaving.Contains(worker) || runs.FirstOrDefault(r => r.Wish != RunWish.Stop) is not { } run) continue;
            await Grain(worker).Start(RunSpecs.Of(place.Options(run.Options), run.Name, run.Attempt), cancellationToken);
        }
    }

    /// <summary>Lets all workers finish or hand back what they hold, within the grace period.</summary>
    public async Task Drain()
    {
        foreach (var worker in Workers) Leave(worker.ToString());
        await _draining;
    }

    private void Leave(string worker)
    {
        if (_leaving.Add(worker)) _draining = Task.WhenAll(_draining, Leaving(worker));
    }

    private async Task Leaving(string worker)
    {
        try
        {
            await Grain(worker).Drain(settings.Grace, CancellationToken.None);
        }
        catch (Exception)
        {
            // It could not hand back in time: its leases run out.
        }
    }

    private IRolloutGrain Grain(string worker) => grains.GetGrain<IRolloutGrain>(worker);
}
