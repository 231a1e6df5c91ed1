using System.CommandLine;
using System.Text.Json;
using PairUni.Cli.Bench;
using PairUni.Cli.Models;
using PairUni.Cli.RunFiles;

namespace PairUni.Cli.Commands;

/// <summary>pairuni bench load: how fast a model's weights are there, beside a plain read of the same files.</summary>
internal static class BenchLoadCommand
{
    public static Command Create(CliContext context)
    {
        var (model, dtype, rounds, json) = (new ModelFlags().Model, StoredDtypeFlag.Create(), BenchCommand.Rounds(5), BenchCommand.Json());
        var command = new CliCommand("load", "Load a model and use every page of its weights, beside cat FILE > /dev/null.") { Examples = ["bench load --model models/random-1b"] };
        foreach (var option in new Option[] { model, dtype, rounds, json })
            command.Options.Add(option);
        command.SetAction(async parsed =>
        {
            var folder = BuiltInFiles.Find(parsed.GetRequiredValue(model));
            var result = await LoadBench.Run(folder, StoredDtypeFlag.Of(parsed.GetRequiredValue(dtype), folder), parsed.GetValue(rounds), context.Time,
                $"pairuni bench load --model {parsed.GetRequiredValue(model)} --dtype {parsed.GetRequiredValue(dtype)} --rounds {parsed.GetValue(rounds)}");
            foreach (var line in result.Lines())
                context.Out.WriteLine(line);
            if (parsed.GetValue(json) is { } file)
                File.WriteAllText(file, JsonSerializer.Serialize(result, EvalFolder.Json) + "\n");
            return ExitCode.Done;
        });
        return command;
    }
}
