using System.Collections.Concurrent;
using Orleans;
using PairUni.Contracts;

namespace PairUni.Silo;

/// <summary>The rollout workers of this silo: one for each device, at work for the oldest run that goes on.</summary>
public sealed class WorkerCrew(SiloSettings settings, RunPlace place, IGrainFactory grains)
{
    private readonly HashSet<string> _leaving = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, string> _troubles = new(StringComparer.Ordinal);
    private readonly TaskCompletionSource _dismissed = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private Task _draining = Task.CompletedTask;

    /// <summary>Completes when the whole silo was told to leave.</summary>
    public Task Dismissed => _dismissed.Task;

    /// <summary>What keeps workers from work, a sentence each.</summary>
    public string[] Troubles => [.. _troubles.OrderBy(t => t.Key, StringComparer.Ordinal).Select(t => $"{t.Key}: {t.Value}")];

    private IEnumerable<WorkerKey> Workers => settings.Roles.HasFlag(SiloRole.Rollout)
        ? Enumerable.Range(0, settings.Devices).Select(d => new WorkerKey(settings.Name, d))
        : [];

    /// <summary>The whole silo is to leave, whatever it does for the cluster.</summary>
    public void Dismiss() => _dismissed.TrySetResult();

    /// <summary>Sees to it that the workers work, and that those leave that are to.</summary>
    public async Task Work(IReadOnlyList<RunEntry> runs, IReadOnlyCollection<string> drained, CancellationToken cancellationToken)
    {
        foreach (var worker in Workers.Select(w => w.ToString()))
        {
            if (drained.Contains(worker) || drained.Contains(settings.Name)) Leave(worker);
            else _leaving.Remove(worker);
            var run = _leaving.Contains(worker) ? null : runs.FirstOrDefault(r => r.Wish != RunWish.Stop);
            if (run is not null) await Grain(worker).Start(RunSpecs.Of(place.Options(run.Options), run.Name, run.Attempt), cancellationToken);
            Note(worker, run is null ? null : await Grain(worker).Status(cancellationToken));
        }
    }

    /// <summary>Lets all workers finish or hand back what they hold, within the grace period.</summary>
    public async Task Drain()
    {
        foreach (var worker in Workers) Leave(worker.ToString());
        await _draining;
    }

    // What goes wrong in a worker that delivers is the run's business: the group goes to another one.
    private void Note(string worker, WorkerStatus? status)
    {
        if (status is not { Error.Length: > 0, Delivered: 0 })
        {
            _troubles.TryRemove(worker, out _);
            return;
        }

        if (!_troubles.TryGetValue(worker, out var known) || known != status.Error) place.Outputs.Tell($"{worker}: {status.Error}");
        _troubles[worker] = status.Error;
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
