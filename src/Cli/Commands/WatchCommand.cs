using System.CommandLine;
using PairUni.Cli.Cluster;
using PairUni.Cli.Output;
using PairUni.Client;
using PairUni.Contracts;
using PairUni.Contracts.Options;

namespace PairUni.Cli.Commands;

/// <summary>pairuni watch: a run's steps as they are done, until it ends.</summary>
internal static class WatchCommand
{
    /// <summary>Somebody who watches stays on while Redis is away for half a minute and the learner comes up elsewhere.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);

    public static Command Create(CliContext context)
    {
        var flags = new ClusterFlags();
        var run = new Argument<string>("run") { Description = "Name of the run." };
        var command = new CliCommand("watch", "Show a run's steps as they are done, until it ends.") { Examples = ["watch smoke --redis 127.0.0.1:6379"] };
        command.Arguments.Add(run);
        flags.AddTo(command);
        command.SetAction(async (parsed, cancellation) =>
        {
            await using var cluster = await flags.Connect(parsed, context, Patience, cancellation);
            return await Watch(context, cluster.Run(parsed.GetRequiredValue(run)), cancellation);
        });
        return command;
    }

    private static async Task<int> Watch(CliContext context, RunClient run, CancellationToken cancellation)
    {
        var steps = RunOptionsJson.Read((await run.Entry(cancellation)).Options).Learner.MaxSteps;
        await foreach (var step in run.Steps(cancellationToken: cancellation))
            context.Out.WriteLine(StepLine.Of(step.Step, steps, step.Metrics));
        return End(context, await run.End(cancellation));
    }

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
