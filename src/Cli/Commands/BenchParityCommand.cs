using System.CommandLine;
using System.Text.Json;
using PairUni.Cli.Bench;
using PairUni.Cli.Models;
using PairUni.Cli.RunFiles;
using PairUni.Modeling.Janus;

namespace PairUni.Cli.Commands;

/// <summary>pairuni bench parity: how far cached decoding and teacher forcing are from each other.</summary>
internal static class BenchParityCommand
{
    private static readonly int[] Batches = [1, 16];

    public static Command Create(CliContext context)
    {
        var flags = new ModelFlags();
        var dtype = DtypeFlag.Of("float32,bfloat16", "Types of the weights, separated by commas.");
        var tokens = SampleFlags.Count("--tokens", 4096, "Image tokens and answer tokens drawn at most");
        var batch = new Option<int?>("--batch") { Description = "Samples drawn together; 1 and then 16 without it.", HelpName = "n" };
        batch.Validators.Add(r => { if (r.GetValueOrDefault<int?>() < 1) r.AddError("--batch must be at least 1"); });
        var json = BenchCommand.Json();
        var command = new CliCommand("parity", "Compare log-probabilities of cached decoding with those of teacher forcing.")
        {
            Examples = ["bench parity", "bench parity --model Janus-Pro-1B --dtype bfloat16 --device cuda"],
        };
        flags.AddTo(command);
        foreach (var option in new Option[] { dtype, tokens, batch, json })
            command.Options.Add(option);
        command.SetAction(parsed =>
        {
            var rows = new List<ParityRow>();
            var types = parsed.GetRequiredValue(dtype).Split(',', StringSplitOptions.TrimEntries).Select(name => (name, DtypeFlag.Parse(name))).ToArray();
            foreach (var (name, type) in types)
            {
                using var policy = JanusPolicy.Load(flags.Path(parsed), flags.DeviceOf(parsed), type);
                var bench = new ParityBench(policy, name, context.Time);
                foreach (var size in parsed.GetValue(batch) is { } only ? [only] : Batches)
                    rows.AddRange(bench.Run(size, Math.Min(parsed.GetValue(tokens), Longest(policy))));
            }

            foreach (var line in ParityTable.Lines(rows))
                context.Out.WriteLine(line);
            if (parsed.GetValue(json) is { } file)
                File.WriteAllText(file, JsonSerializer.Serialize(rows, EvalFolder.Json) + "\n");
            return ExitCode.Done;
        });
        return command;
    }

    // As many answer tokens as an image has, so that both see caches of like length.
    private static int Longest(JanusPolicy policy) => policy.Config.ImageTokens;
}
