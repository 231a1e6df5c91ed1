using System.CommandLine;
using PairUni.Cli.Models;

namespace PairUni.Cli.Commands;

/// <summary>pairuni model describe: what a folder holds and what it takes to run and to train it, without loading it.</summary>
internal static class ModelDescribeCommand
{
    public static Command Create(CliContext context)
    {
        var folder = ModelCommand.Folder();
        var command = new CliCommand("describe", "Print architecture, parameters of each part, and memory for inference and training.") { Examples = ["model describe assets/janus-nano"] };
        command.Arguments.Add(folder);
        command.SetAction(parsed =>
        {
            var path = BuiltInFiles.Find(parsed.GetRequiredValue(folder));
            foreach (var line in HpsDescription.IsOne(path) ? HpsDescription.Lines(path) : JanusDescription.Lines(path))
                context.Out.WriteLine(line);
            return ExitCode.Done;
        });
        return command;
    }
}
