using System.Runtime.CompilerServices;
using PairUni.Contracts;

namespace PairUni.Client;

/// <summary>One run of a cluster: follow it, look at its groups, change it, end it.</summary>
public sealed class RunClient
{
    private static readonly TimeSpan Tick = TimeSpan.FromSeconds(1);
    private readonly ClusterConnection _connection;
    private readonly Patience _patience;

    internal RunClient(string name, ClusterConnection connection, Patience patience) => (Name, _connection, _patience) = (name, connection, patience);

    public string Name { get; }

    private IRunGrain Run => _connection.Grains.GetGrain<IRunGrain>(Name);

    private ILearnerGrain Learner => _connection.Grains.GetGrain<ILearnerGrain>(Name);

    /// <summary>What the register knows of it: whether it goes on, and how it ended.</summary>
    /// <exception cref="UserErrorException">The cluster has no such run.</exception>
    public async Task<RunEntry> Entry(CancellationToken cancellationToken = default)
    {
        var register = await Ask(token => _connection.Register.Follow(-1, token), cancellationToken);
        return Array.Find(register.Runs, r => r.Name == Name)
            ?? throw new UserErrorException($"There is no run '{Name}' in this cluster; pairuni status lists them.");
    }

    /// <summary>How it stands: step, groups, workers.</summary>
    public Task<RunStatus> Status(CancellationToken cancellationToken = default) => Ask(Run.Status, cancellationToken);

    /// <summary>
    /// Its steps with their metrics (the names of metrics.jsonl), each as soon as it is done, until the run ends. Steps that were done
    /// before a learner last moved to another silo are in the run's folder only.
    /// </summary>
    /// <param name="after">The last step that is not wanted any more; 0 gives all that are remembered (the last 512).</param>
    /// <param name="cancellationToken">Ends the following, not the run.</param>
    public async IAsyncEnumerable<StepTrained> Steps(int after = 0, [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        while (true)
        {
            var entry = await Entry(cancellationToken);
            var isOver = entry.Phase != RunPhase.Running;
            if (isOver && (await Status(cancellationToken)).Version <= after) yield break;
            var steps = await Ask(token => Learner.Steps(after, token), cancellationToken);
            foreach (var step in steps.Where(s => s.Step > after))
            {
                after = step.Step;
                yield return step;
            }

            if (isOver) yield break;
            // A learner that is still loading answers at once.
            if (steps.Length == 0) await Task.Delay(Tick, cancellationToken);
        }
    }

    /// <summary>Waits for its end.</summary>
    /// <returns>How it ended: finished, stopped or failed with its error.</returns>
    public async Task<RunEntry> End(CancellationToken cancellationToken = default)
    {
        while (true)
        {
            var entry = await Entry(cancellationToken);
            if (entry.Phase != RunPhase.Running) return entry;
            await Task.Delay(Tick, cancellationToken);
        }
    }

    /// <summary>
    /// Groups of a step with prompt or question, samples (images as PNG files, answers as text), rewards and their parts, in the order of
    /// their keys. There are those of open steps that are scored and those of the last step; older ones are in the run's samples folder.
    /// </summary>
    /// <param name="step">The step, from 1.</param>
    /// <param name="max">Most groups to return.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    public async Task<IReadOnlyList<OfferGroup>> Groups(int step, int max = 64, CancellationToken cancellationToken = default) =>
        await Ask(token => Learner.Groups(step, max, token), cancellationToken);

    /// <summary>Changes settings from the next step on.</summary>
    /// <exception cref="UserErrorException">A value is out of its range, or the run is over.</exception>
    public Task Change(RunChange change, CancellationToken cancellationToken = default) =>
        Grant(token => _connection.Register.Change(Name, change, token), cancellationToken);

    /// <summary>Hands out no more work; what is under way is finished.</summary>
    public Task Pause(CancellationToken cancellationToken = default) => Wish(RunWish.Pause, cancellationToken);

    /// <summary>Goes on after a pause.</summary>
    public Task Resume(CancellationToken cancellationToken = default) => Wish(RunWish.Run, cancellationToken);

    /// <summary>Ends it after the step under way, saved; returns once it was told.</summary>
    public Task Stop(CancellationToken cancellationToken = default) => Wish(RunWish.Stop, cancellationToken);

    private Task Wish(RunWish wish, CancellationToken cancellationToken) =>
        Grant(token => _connection.Register.Wish(Name, wish, token), cancellationToken);

    private async Task Grant(Func<CancellationToken, Task<RequestAnswer>> request, CancellationToken cancellationToken) =>
        PairUniClient.Granted(await Ask(request, cancellationToken));

    private Task<T> Ask<T>(Func<CancellationToken, Task<T>> call, CancellationToken cancellationToken) => _patience.Ask(call, cancellationToken);
}
