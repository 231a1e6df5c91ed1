using System.CommandLine;
using PairUni.Cli.Bench;
using PairUni.Cli.Models;

namespace PairUni.Cli.Commands;

/// <summary>pairuni bench rollout: images per second of one group.</summary>
internal static class BenchRolloutCommand
{
    public static Command Create(CliContext context)
    {
        var flags = new ModelFlags();
        var (group, threads) = (SampleFlags.Count("--group", 8, "Images of a group"), SampleFlags.Count("--threads", Environment.ProcessorCount, "Threads of each side"));
        var (rounds, json) = (BenchCommand.Rounds(15), BenchCommand.Json());
        var command = new CliCommand("rollout", "Measure images per second against the same model written plainly in PyTorch.") { Examples = ["bench rollout", "bench rollout --threads 1 --group 16 --json rollout.json"] };
        foreach (var option in new Option[] { flags.Model, group, threads, rounds, json })
            command.Options.Add(option);
        command.SetAction(async parsed => BenchCommand.Tell(
            context,
            await RolloutBench.Run(
                flags.Path(parsed),
                parsed.GetValue(group),
                parsed.GetValue(threads),
                parsed.GetValue(rounds),
                context.Time,
                $"pairuni bench rollout --model {parsed.GetValue(flags.Model)} --group {parsed.GetValue(group)} --threads {parsed.GetValue(threads)} --rounds {parsed.GetValue(rounds)}"),
            parsed.GetValue(json)));
        return command;
    }
}
