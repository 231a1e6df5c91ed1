using System.Collections.Concurrent;
using PairUni.Contracts;
using PairUni.Grains;

namespace PairUni.Silo;

/// <summary>The services of a process of a cluster: those of each run that it takes part in, made when a grain first asks.</summary>
public sealed class ClusterRunServices(RunCatalog catalog, Func<RunEntry, OpenRun> open, TimeProvider time) : IRunServices, IAsyncDisposable
{
    private static readonly TimeSpan Lingering = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan RegisterLimit = TimeSpan.FromMinutes(1);
    private readonly ConcurrentDictionary<(string Run, int Attempt), Lazy<OpenRun>> _runs = new();
    private readonly ConcurrentDictionary<(string Run, int Attempt), DateTimeOffset> _over = new();

    public async Task<LearnerServices> Learner(RunSpec spec, CancellationToken cancellationToken) =>
        await (await Run(spec.Run, spec.Attempt, cancellationToken)).Learner.WaitAsync(cancellationToken);

    public async Task<IRolloutEngine> Engine(RunSpec spec, WorkerKey worker, CancellationToken cancellationToken) =>
        (await Run(spec.Run, spec.Attempt, cancellationToken)).Engines.Of(worker);

    public async Task<IRewardModel?> Reward(string run, string name, CancellationToken cancellationToken) =>
        (await (await Run(run, 0, cancellationToken)).Rewards.WaitAsync(cancellationToken)).FirstOrDefault(r => r.Name == name);

    public async Task<string> Fingerprint(RunSpec spec, CancellationToken cancellationToken) =>
        await (await Run(spec.Run, spec.Attempt, cancellationToken)).Fingerprint.WaitAsync(cancellationToken);

    /// <summary>Takes over settings of a run that were changed since its services were made.</summary>
    public Task Apply(RunEntry entry, CancellationToken cancellationToken) =>
        _runs.TryGetValue((entry.Name, entry.Attempt), out var run) && run.IsValueCreated ? run.Value.Apply(entry, cancellationToken) : Task.CompletedTask;

    /// <summary>Lets go of what belongs to runs that have been over for a while: whoever works for them has heard of it by then.</summary>
    public async Task Forget(Func<string, int, bool> isOver)
    {
        var now = time.GetUtcNow();
        foreach (var key in _runs.Keys)
        {
            if (!isOver(key.Run, key.Attempt)) _over.TryRemove(key, out _);
            else if (now - _over.GetOrAdd(key, now) > Lingering) await Dispose(key);
        }
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var key in _runs.Keys) await Dispose(key);
    }

    private async Task Dispose((string Run, int Attempt) key)
    {
        _over.TryRemove(key, out _);
        if (_runs.TryRemove(key, out var run) && run.IsValueCreated) await run.Value.DisposeAsync();
    }

    private async Task<OpenRun> Run(string run, int attempt, CancellationToken cancellationToken)
    {
        RunEntry? entry = null;
        await GrainCalls.Repeat(async () => entry = await catalog.Entry(run, attempt, cancellationToken), RegisterLimit, time, cancellationToken);
        return _runs.GetOrAdd((run, entry!.Attempt), _ => new(() => open(entry))).Value;
    }
}
