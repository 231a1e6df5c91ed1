using System.CommandLine;
using PairUni.Cli.Bench;

namespace PairUni.Cli.Commands;

/// <summary>pairuni bench ops: what one operator call costs.</summary>
internal static class BenchOpsCommand
{
    public static Command Create(CliContext context)
    {
        var (rounds, json) = (BenchCommand.Rounds(1000), BenchCommand.Json());
        var command = new CliCommand("ops", "Time a 4x4 add, which is all call and no arithmetic.") { Examples = ["bench ops", "bench ops --json ops.json"] };
        command.Options.Add(rounds);
        command.Options.Add(json);
        command.SetAction(async parsed => BenchCommand.Tell(
            context,
            await OpsBench.Run(parsed.GetValue(rounds), context.Time, $"pairuni bench ops --rounds {parsed.GetValue(rounds)}"),
            parsed.GetValue(json)));
        return command;
    }
}
