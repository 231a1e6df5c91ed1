using System.CommandLine;
using PairUni.Cli.Cluster;
using PairUni.Client;

namespace PairUni.Cli.Commands;

/// <summary>pairuni pause, resume, stop and drain: what a person wants of a run or a worker of a cluster.</summary>
internal static class WishCommands
{
    public static Command Pause(CliContext context) =>
        Create(context, "pause", "Hand out no work of a run; what is under way is finished.", (run, token) => run.Pause(token), "paused");

    public static Command Resume(CliContext context) =>
        Create(context, "resume", "Go on with a paused run.", (run, token) => run.Resume(token), "goes on");

    public static Command Stop(CliContext context) =>
        Create(context, "stop", "End a run after the step under way and save it.", (run, token) => run.Stop(token), "stops after the step under way");

    public static Command Drain(CliContext context)
    {
        var flags = new ClusterFlags();
        var worker = new Argument<string>("worker") { Description = "A worker, such as gpu-7/0, or a whole silo, whose process then ends." };
        var command = new CliCommand("drain", "Let a worker finish or hand back what it holds, and leave.")
        {
            Examples = ["drain gpu-7/0 --redis 127.0.0.1:6379", "drain gpu-7 --redis 127.0.0.1:6379"],
        };
        command.Arguments.Add(worker);
        flags.AddTo(command);
        command.SetAction(async (parsed, cancellation) =>
        {
            await using var cluster = await flags.Connect(parsed, context, cancellation);
            await cluster.Drain(parsed.GetRequiredValue(worker), cancellation);
            context.Out.WriteLine($"{parsed.GetRequiredValue(worker)} finishes what it holds and leaves");
            return ExitCode.Done;
        });
        return command;
    }

    private static CliCommand Create(CliContext context, string name, string description, Func<RunClient, CancellationToken, Task> wish, string done)
    {
        var flags = new ClusterFlags();
        var run = new Argument<string>("run") { Description = "Name of the run." };
        var command = new CliCommand(name, description) { Examples = [$"{name} smoke --redis 127.0.0.1:6379"] };
        command.Arguments.Add(run);
        flags.AddTo(command);
        command.SetAction(async (parsed, cancellation) =>
        {
            await using var cluster = await flags.Connect(parsed, context, cancellation);
            await wish(cluster.Run(parsed.GetRequiredValue(run)), cancellation);
            context.Out.WriteLine($"{parsed.GetRequiredValue(run)} {done}");
            return ExitCode.Done;
        });
        return command;
    }
}
