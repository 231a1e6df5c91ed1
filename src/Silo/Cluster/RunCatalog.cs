using Orleans;
using PairUni.Contracts;

namespace PairUni.Silo;

/// <summary>The register as this process saw it last.</summary>
public sealed class RunCatalog(IGrainFactory grains)
{
    private TaskCompletionSource _changed = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private volatile RunRegister _latest = new() { Version = -1, Runs = [], Silos = [], Drained = [] };

    public RunRegister Latest => _latest;

    /// <summary>Completes at the next change.</summary>
    public Task Changed => _changed.Task;

    private void Take(RunRegister register)
    {
        _latest = register;
        Interlocked.Exchange(ref _changed, new(TaskCreationOptions.RunContinuationsAsynchronously)).TrySetResult();
    }

    private IRunsGrain Register => grains.GetGrain<IRunsGrain>(RunsKey.Only);

    /// <summary>Waits for the register to change and remembers it.</summary>
    public async Task Next(CancellationToken cancellationToken)
    {
        var register = await Register.Follow(_latest.Version, cancellationToken);
        if (register.Version != _latest.Version) Take(register);
    }

    /// <summary>A run of at least the given attempt.</summary>
    /// <exception cref="UserErrorException">The cluster has no such run.</exception>
    public async Task<RunEntry> Entry(string run, int attempt, CancellationToken cancellationToken)
    {
        if (Find(_latest) is { } known) return known;
        Take(await Register.Follow(-1, cancellationToken));
        return Find(_latest) ?? throw new UserErrorException($"There is no run '{run}' in this cluster; pairuni status lists them.");

        RunEntry? Find(RunRegister register) => Array.Find(register.Runs, r => r.Name == run && r.Attempt >= attempt);
    }
}
