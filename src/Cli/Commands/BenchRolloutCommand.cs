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
        var dtype = DtypeFlag.Of("float32", "Type of the weights on both sides.");
        var tokens = new Option<int?>("--tokens") { Description = "Time each of an image's first tokens, without decoding; PyTorch's weights are then made up.", HelpName = "n" };
        tokens.Validators.Add(r => { if (r.GetValueOrDefault<int?>() < 1) r.AddError("--tokens must be at least 1"); });
        var command = new CliCommand("rollout", "Measure images per second against the same model written plainly in PyTorch.") { Examples = ["bench rollout", "bench rollout --threads 1 --group 16 --json rollout.json", "bench rollout --model Janus-Pro-1B --dtype bfloat16 --group 1 --tokens 8 --rounds 5"] };
        foreach (var option in new Option[] { flags.Model, flags.Device, dtype, group, tokens, threads, rounds, json })
            command.Options.Add(option);
        command.SetAction(async parsed => BenchCommand.Tell(
            context,
            await RolloutBench.Run(
                flags.Path(parsed),
                parsed.GetRequiredValue(flags.Device),
                parsed.GetRequiredValue(dtype),
                parsed.GetValue(group),
                parsed.GetValue(tokens),
                parsed.GetValue(threads),
                parsed.GetValue(rounds),
                context.Time,
                $"pairuni bench rollout --model {parsed.GetValue(flags.Model)} --device {parsed.GetValue(flags.Device)} --dtype {parsed.GetValue(dtype)} --group {parsed.GetValue(group)}{(parsed.GetValue(tokens) is { } n ? $" --tokens {n}" : "")} --threads {parsed.GetValue(threads)} --rounds {parsed.GetValue(rounds)}"),
            parsed.GetValue(json)));
        return command;
    }
}
