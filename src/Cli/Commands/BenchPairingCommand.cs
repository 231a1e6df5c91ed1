using System.CommandLine;
using System.Text.Json;
using PairUni.Cli.Bench.Pairing;
using PairUni.Cli.Models;
using PairUni.Cli.RunFiles;

namespace PairUni.Cli.Commands;

/// <summary>pairuni bench pairing: how long it takes to pair two large pools, in how much memory, and how well.</summary>
internal static class BenchPairingCommand
{
    public static Command Create(CliContext context)
    {
        var understand = SampleFlags.Count("--understand", 47_000, "Vectors of the understanding pool");
        var generate = SampleFlags.Count("--generate", 60_000, "Vectors of the generation pool");
        var width = SampleFlags.Count("--width", 2048, "Width of the vectors");
        var aligned = SampleFlags.Count("--aligned", 4971, "Aligned pairs");
        var retrieved = SampleFlags.Count("--retrieved", 11_349, "Retrieved pairs");
        var compared = SampleFlags.Count("--compared", 5000, "Vectors of each pool in the comparison with sorting all edges");
        var json = BenchCommand.Json();
        var command = new CliCommand("pairing", "Time data pair's pairing on made-up features of PairUG's size, with its memory and what it reaches.")
        {
            Examples = ["bench pairing", "bench pairing --understand 2000 --generate 2000 --aligned 200 --retrieved 1000 --compared 1000"],
        };
        foreach (var option in new Option[] { understand, generate, width, aligned, retrieved, compared, json })
            command.Options.Add(option);
        command.SetAction(async parsed =>
        {
            var line = $"pairuni bench pairing --understand {parsed.GetValue(understand)} --generate {parsed.GetValue(generate)} --width {parsed.GetValue(width)} --aligned {parsed.GetValue(aligned)} --retrieved {parsed.GetValue(retrieved)} --compared {parsed.GetValue(compared)}";
            var result = await Task.Run(() => PairingBench.Run(parsed.GetValue(understand), parsed.GetValue(generate), parsed.GetValue(width), parsed.GetValue(aligned), parsed.GetValue(retrieved), parsed.GetValue(compared), context.Time, line));
            foreach (var text in result.Lines())
                context.Out.WriteLine(text);
            if (parsed.GetValue(json) is { } file)
                File.WriteAllText(file, JsonSerializer.Serialize(result, EvalFolder.Json) + "\n");
            return result.Same ? ExitCode.Done : ExitCode.Failed;
        });
        return command;
    }
}
