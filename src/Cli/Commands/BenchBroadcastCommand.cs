using System.CommandLine;
using System.Globalization;
using System.Text.Json;
using PairUni.Cli.Bench;
using PairUni.Cli.Models;
using PairUni.Cli.RunFiles;
using PairUni.Client;
using PairUni.Contracts;

namespace PairUni.Cli.Commands;

/// <summary>pairuni bench broadcast: a made-up model from one process to several, and the two hidden commands of its other processes.</summary>
internal static class BenchBroadcastCommand
{
    private static readonly Option<string> Learner = new("--learner") { Required = true };
    private static readonly Option<long> Bytes = new("--bytes") { Required = true };
    private static readonly Option<int> Copies = new("--receivers") { Required = true };
    private static readonly Option<int> Threads = new("--threads") { Required = true };

    public static Command Create(CliContext context)
    {
        var size = new Option<double>("--size")
        {
            Description = "Size of the model; a receiver keeps it in memory, and so does the learner.",
            HelpName = "GiB",
            DefaultValueFactory = _ => 1,
            Validators = { r => { if (r.GetValueOrDefault<double>() is not (> 0 and <= 64)) r.AddError("--size must be above 0 and at most 64"); } },
        };
        var receivers = SampleFlags.Count("--receivers", 8, "Processes that fetch the model");
        var noTraining = new Option<bool>("--no-training") { Description = "Leave out the part that measures a training step." };
        var (model, rounds, json) = (new ModelFlags().Model, BenchCommand.Rounds(3), BenchCommand.Json());
        var command = new CliCommand("broadcast", "Measure how a new version of the weights gets from the learner to several processes of this machine.") { Examples = ["bench broadcast", "bench broadcast --size 0.25 --receivers 4 --no-training"] };
        foreach (var option in new Option[] { size, receivers, model, noTraining, rounds, json })
            command.Options.Add(option);
        command.SetAction(async parsed =>
        {
            var bytes = (long)(parsed.GetValue(size) * (1 << 30));
            var trained = parsed.GetValue(noTraining) ? null : BuiltInFiles.Find(parsed.GetRequiredValue(model));
            await using var bench = new BroadcastBench(new(bytes, parsed.GetValue(receivers), parsed.GetValue(rounds), trained), context.Time);
            var result = await bench.Run(string.Create(CultureInfo.InvariantCulture, $"pairuni bench broadcast --size {parsed.GetValue(size)} --receivers {parsed.GetValue(receivers)} --rounds {parsed.GetValue(rounds)}{(trained is null ? " --no-training" : "")}"));
            foreach (var line in result.Lines())
                context.Out.WriteLine(line);
            if (parsed.GetValue(json) is { } file)
                File.WriteAllText(file, JsonSerializer.Serialize(result, EvalFolder.Json) + "\n");
            return ExitCode.Done;
        });
        return command;
    }

    /// <summary>A receiving process.</summary>
    public static Command Receiver(CliContext context)
    {
        var command = new Command("broadcast-receiver", "A receiving process of bench broadcast.") { Hidden = true };
        command.Options.Add(Learner);
        command.SetAction(async parsed =>
        {
            var token = ClusterToken.FromEnvironment(context.Environment.GetValueOrDefault) ?? throw new UserErrorException("broadcast-receiver is started by bench broadcast, not by hand");
            await BroadcastReceiver.Run(new(parsed.GetRequiredValue(Learner)), token, Console.In, context.Out, context.Time);
            return ExitCode.Done;
        });
        return command;
    }

    /// <summary>The process that measures the floor.</summary>
    public static Command Floor(CliContext context)
    {
        var command = new Command("broadcast-floor", "The single process of bench broadcast.") { Hidden = true };
        foreach (var option in new Option[] { Bytes, Copies, Threads })
            command.Options.Add(option);
        command.SetAction(parsed =>
        {
            var chunks = MadeUpWeights.Draw(parsed.GetValue(Bytes), seed: 1);
            context.Out.WriteLine("ready");
            Console.In.ReadLine();
            var seconds = BroadcastFloor.Measure(chunks, parsed.GetValue(Copies), parsed.GetValue(Threads), context.Time);
            context.Out.WriteLine(string.Create(CultureInfo.InvariantCulture, $"floor {seconds}"));
            return ExitCode.Done;
        });
        return command;
    }
}
