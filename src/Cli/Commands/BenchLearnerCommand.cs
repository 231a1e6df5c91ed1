using System.CommandLine;
using PairUni.Cli.Bench;
using PairUni.Cli.Models;

namespace PairUni.Cli.Commands;

/// <summary>pairuni bench learner: updates per second.</summary>
internal static class BenchLearnerCommand
{
    public static Command Create(CliContext context)
    {
        var flags = new ModelFlags();
        var (pairs, group) = (SampleFlags.Count("--pairs", 12, "Pairs of a step"), SampleFlags.Count("--group", 8, "Samples of each task of a pair, at least 2"));
        var threads = SampleFlags.Count("--threads", Environment.ProcessorCount, "Threads of each side");
        var (rounds, json) = (BenchCommand.Rounds(11), BenchCommand.Json());
        group.Validators.Add(r => { if (r.GetValueOrDefault<int>() == 1) r.AddError("--group is 1; it must be at least 2"); });
        var command = new CliCommand("learner", "Measure updates per second against the same model written plainly in PyTorch.") { Examples = ["bench learner", "bench learner --pairs 4 --json learner.json"] };
        foreach (var option in new Option[] { flags.Model, pairs, group, threads, rounds, json })
            command.Options.Add(option);
        command.SetAction(async parsed => BenchCommand.Tell(
            context,
            await LearnerBench.Run(
                flags.Path(parsed),
                parsed.GetValue(pairs),
                parsed.GetValue(group),
                parsed.GetValue(threads),
                parsed.GetValue(rounds),
                context.Time,
                $"pairuni bench learner --model {parsed.GetValue(flags.Model)} --pairs {parsed.GetValue(pairs)} --group {parsed.GetValue(group)} --threads {parsed.GetValue(threads)} --rounds {parsed.GetValue(rounds)}"),
            parsed.GetValue(json)));
        return command;
    }
}
