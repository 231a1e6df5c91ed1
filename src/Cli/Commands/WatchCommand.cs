using System.CommandLine;
using PairUni.Cli.Cluster;
using PairUni.Cli.Output;
using PairUni.Client;
using PairUni.Contracts;

namespace PairUni.Cli.Commands;

/// <summary>pairuni watch: a run's steps as they are done, until it ends.</summary>
internal static class WatchCommand
{
    private static readonly TimeSpan AskAgain = TimeSpan.FromSeconds(1);

    public static Command Create(CliContext context)
    {
        var flags = new ClusterFlags();
        var run = new Argument<string>("run") { Description = "Name of the run." };
        var command = new CliCommand("watch", "Show a run's steps as they are done, until it ends.") { Examples = ["watch smoke --redis 127.0.0.1:6379"] };
        command.Arguments.Add(run);
        flags.AddTo(command);
        command.SetAction(async (parsed, cancellation) =>
        {
            await using var cluster = await flags.Connect(parsed, context, cancellation);
            return await Watch(context, cluster, parsed.GetRequiredValue(run), cancellation);
        });
        return command;
    }

    private static async Task<int> Watch(CliContext context, ClusterConnection cluster, string name, CancellationToken cancellation)
    {
        var (known, shown) = (-1L, 0);
        while (true)
        {
            try
            {
                var register = await cluster.Register.Follow(known, cancellation);
                var entry = Array.Find(register.Runs, r => r.Name == name)
                    ?? throw new UserErrorException($"There is no run '{name}' in this cluster; pairuni status lists them.");
                var status = await cluster.Grains.GetGrain<IRunGrain>(name).Status(cancellation);
                var steps = await Steps(cluster, name, shown, entry.Phase == RunPhase.Running, cancellation);
                foreach (var step in steps)
                {
                    context.Out.WriteLine(StepLine.Of(step.Step, status.MaxSteps, step.Metrics));
                    shown = step.Step;
                }

                if (entry.Phase != RunPhase.Running && steps.Length == 0)
                    return End(context, entry);
            }
            catch (Exception) when (!cancellation.IsCancellationRequested && known >= 0)
            {
                // The run or the register is between two silos.
                await Task.Delay(AskAgain, context.Time, cancellation);
            }

            known = -1;
        }
    }

    private static Task<StepTrained[]> Steps(ClusterConnection cluster, string run, int after, bool isRunning, CancellationToken cancellation) =>
        isRunning ? cluster.Grains.GetGrain<ILearnerGrain>(run).Steps(after, cancellation) : Task.FromResult<StepTrained[]>([]);

    private static int End(CliContext context, RunEntry entry)
    {
        if (entry.Phase == RunPhase.Failed)
        {
            context.Error.WriteLine($"pairuni: {entry.Error.TrimEnd('.')}");
            return ExitCode.Failed;
        }

        context.Out.WriteLine($"{entry.Name} {entry.Phase.ToString().ToLowerInvariant()}");
        return entry.Phase == RunPhase.Finished ? ExitCode.Done : ExitCode.Interrupted;
    }
}
