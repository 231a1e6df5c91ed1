using Microsoft.Extensions.Hosting;
using Orleans;
using PairUni.Contracts;

namespace PairUni.Silo;

/// <summary>
/// Does in this process what the register says: keeps the runs going (learner silos), keeps this silo's workers at work (rollout silos),
/// and lets go of runs that are over. All of it is said again and again, for any activation may vanish at any time.
/// </summary>
/// <remarks>
/// <code>
///   part    produces                      waits for                 unblocked by
///   follow  what this process is to do    a change of the register  the register; twenty seconds bound it
///   act     Start, Pause, Stop, Drain     the grains' answers       their answers; each call's time limit bounds it
/// </code>
/// </remarks>
public sealed class RegisterFollower(
    SiloSettings settings, SiloMembership membership, RunCatalog catalog, ClusterRunServices services, WorkerCrew crew, RunPlace place, SiloHealth health, IGrainFactory grains,
    TimeProvider time) : BackgroundService
{
    private static readonly TimeSpan Period = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan Stuck = TimeSpan.FromMinutes(2);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        await membership.Joined.WaitAsync(stoppingToken);
        await Task.WhenAll(
            Repeat("the register's follower", token => catalog.Next(token), TimeSpan.Zero, stoppingToken),
            Repeat("the silo's work", Act, Period, stoppingToken));
    }

    private async Task Repeat(string name, Func<CancellationToken, Task> work, TimeSpan pause, CancellationToken cancellationToken)
    {
        using var pulse = health.Loop(name, Stuck);
        while (!cancellationToken.IsCancellationRequested)
        {
            var failed = false;
            try
            {
                await work(cancellationToken);
            }
            catch (Exception) when (!cancellationToken.IsCancellationRequested)
            {
                // A grain is between two silos, or Redis is away: said again in a moment.
                failed = true;
            }
            catch (OperationCanceledException)
            {
                return;
            }

            pulse.Beat();
            await Task.WhenAny(Task.Delay(failed ? Period : pause, time, cancellationToken), pause > TimeSpan.Zero ? catalog.Changed : Task.Delay(Timeout.Infinite, cancellationToken));
        }
    }

    private async Task Act(CancellationToken cancellationToken)
    {
        var register = catalog.Latest;
        if (register.Version < 0) return;
        if (register.Drained.Contains(settings.Name)) crew.Dismiss();
        var going = register.Runs.Where(r => r.Phase == RunPhase.Running).ToArray();
        if (settings.Roles.HasFlag(SiloRole.Learner))
        {
            foreach (var run in going) await Keep(run, cancellationToken);
        }

        if (settings.Roles.HasFlag(SiloRole.Rollout)) await crew.Work(going, register.Drained, cancellationToken);
        await services.Forget((name, attempt) => !going.Any(r => r.Name == name && r.Attempt == attempt));
    }

    private async Task Keep(RunEntry entry, CancellationToken cancellationToken)
    {
        var run = grains.GetGrain<IRunGrain>(entry.Name);
        await run.Start(RunSpecs.Of(place.Options(entry.Options), entry.Name, entry.Attempt), cancellationToken);
        var status = await run.Status(cancellationToken);
        if (status.Phase is RunPhase.Finished or RunPhase.Stopped or RunPhase.Failed)
        {
            await grains.GetGrain<IRunsGrain>(RunsKey.Only).Ended(entry with { Phase = status.Phase, Error = status.Error }, cancellationToken);
            return;
        }

        await services.Apply(entry, cancellationToken);
        if (entry.Wish == RunWish.Stop && status.Phase == RunPhase.Running) await run.Stop(save: true, cancellationToken);
        else if (status.Paused != (entry.Wish == RunWish.Pause)) await run.Pause(entry.Wish == RunWish.Pause, cancellationToken);
    }
}
