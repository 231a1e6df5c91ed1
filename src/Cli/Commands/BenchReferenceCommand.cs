using System.CommandLine;
using PairUni.Cli.Bench.Reference;
using PairUni.Cli.Models;
using PairUni.Contracts;

namespace PairUni.Cli.Commands;

/// <summary>pairuni bench reference: everything that a folder of reference cases holds, within its stated tolerances.</summary>
internal static class BenchReferenceCommand
{
    public static Command Create(CliContext context)
    {
        var folder = new Argument<string>("folder") { Description = "Folder with cases/, models/, tokenizer/ and images/." };
        var flags = new ModelFlags();
        var command = new CliCommand("reference", "Compare with what the original code computes for tiny models.")
        {
            Examples = ["bench reference reference", "bench reference reference --device cuda"],
        };
        command.Arguments.Add(folder);
        var dtype = DtypeFlag.Of("float32", "Type of the models' weights; the expected numbers are those of float32 arithmetic.");
        command.Options.Add(flags.Device);
        command.Options.Add(dtype);
        command.SetAction(parsed =>
        {
            var rows = ReferenceSuite.Run(parsed.GetRequiredValue(folder), flags.DeviceOf(parsed), DtypeFlag.Parse(parsed.GetRequiredValue(dtype)));
            if (rows.Count == 0)
                throw new UserErrorException($"{parsed.GetRequiredValue(folder)}/cases holds no case that is known here; give a folder of reference cases");
            foreach (var line in ReferenceTable.Lines(rows))
                context.Out.WriteLine(line);
            return rows.All(row => row.Passed) ? ExitCode.Done : ExitCode.Failed;
        });
        return command;
    }
}
