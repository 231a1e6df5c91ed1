using System.CommandLine;
using PairUni.Cli.Cluster;

namespace PairUni.Cli.Commands;

/// <summary>pairuni status: the runs, silos and workers of a cluster.</summary>
internal static class StatusCommand
{
    public static Command Create(CliContext context)
    {
        var flags = new ClusterFlags();
        var json = new Option<bool>("--json") { Description = "Print it as JSON." };
        var command = new CliCommand("status", "Show the runs, silos and workers of a cluster.") { Examples = ["status --redis 127.0.0.1:6379"] };
        flags.AddTo(command);
        command.Options.Add(json);
        command.SetAction(async (parsed, cancellation) =>
        {
            await using var cluster = await flags.Connect(parsed, context, cancellation);
            var status = await ClusterStatus.Read(cluster, flags.Cluster(parsed), cancellation);
            context.Out.Write(parsed.GetValue(json) ? status.ToJson() : status.ToText());
            return ExitCode.Done;
        });
        return command;
    }
}
