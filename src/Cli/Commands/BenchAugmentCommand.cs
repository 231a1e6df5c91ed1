using System.CommandLine;
using System.Text.Json;
using PairUni.Cli.Bench.Augment;
using PairUni.Cli.Models;
using PairUni.Cli.RunFiles;

namespace PairUni.Cli.Commands;

/// <summary>pairuni bench augment: what data augment loses, pays twice and waits for when its endpoint misbehaves.</summary>
internal static class BenchAugmentCommand
{
    public static Command Create(CliContext context)
    {
        var samples = SampleFlags.Count("--samples", 1000, "Samples to complete, two answers each");
        var concurrency = SampleFlags.Count("--concurrency", 32, "Inquiries under way at once");
        var latency = SampleFlags.Count("--latency", 600, "Mean time of an answer, in milliseconds");
        var seed = SampleFlags.Seed();
        var json = BenchCommand.Json();
        var command = new CliCommand("augment", "Complete a made-up pool by an endpoint in this process of whose answers 16 % go wrong in some way, and compare with its bill and the ideal.")
        {
            Examples = ["bench augment", "bench augment --samples 200 --concurrency 8"],
        };
        foreach (var option in new Option[] { samples, concurrency, latency, seed, json })
            command.Options.Add(option);
        command.SetAction(async (parsed, cancellation) =>
        {
            var line = $"pairuni bench augment --samples {parsed.GetValue(samples)} --concurrency {parsed.GetValue(concurrency)} --latency {parsed.GetValue(latency)} --seed {parsed.GetValue(seed)}";
            var result = await AugmentBench.Run(parsed.GetValue(samples), parsed.GetValue(concurrency), TimeSpan.FromMilliseconds(parsed.GetValue(latency)), (ulong)parsed.GetValue(seed), context.Time, line, cancellation);
            foreach (var text in result.Lines())
                context.Out.WriteLine(text);
            if (parsed.GetValue(json) is { } file)
                File.WriteAllText(file, JsonSerializer.Serialize(result, EvalFolder.Json) + "\n");
            return result.IsSound ? ExitCode.Done : ExitCode.Failed;
        });
        return command;
    }
}
