using System.CommandLine;
using System.Text.Json;
using PairUni.Cli.Bench;
using PairUni.Cli.RunFiles;

namespace PairUni.Cli.Commands;

/// <summary>pairuni bench: PairUni against PyTorch for Python, on this machine, in one run.</summary>
internal static class BenchCommand
{
    public static Command Create(CliContext context) =>
        new CliCommand("bench", "Measure PairUni against PyTorch for Python on this machine.")
        {
            BenchOpsCommand.Create(context),
            BenchRolloutCommand.Create(context),
            BenchLearnerCommand.Create(context),
            BenchLoadCommand.Create(context),
            BenchReferenceCommand.Create(context),
            BenchParityCommand.Create(context),
            BenchOverlapCommand.Create(context),
            BenchActorsCommand.Create(context),
            BenchActorsSiloCommand.Create(context),
            BenchRecoveryCommand.Create(context),
            BenchBroadcastCommand.Create(context),
            BenchSparseCommand.Create(context),
            BenchBroadcastCommand.Receiver(context),
            BenchBroadcastCommand.Floor(context),
            BenchAugmentCommand.Create(context),
            BenchPairingCommand.Create(context),
            BenchExtractionCommand.Create(context),
            BenchScaleCommand.Create(context),
            BenchScaleSiloCommand.Create(context),
        };

    public static Option<int> Rounds(int usual) => new("--rounds")
    {
        Description = "Rounds of each side that count.",
        HelpName = "n",
        DefaultValueFactory = _ => usual,
        Validators = { r => { if (r.GetValueOrDefault<int>() < 1) r.AddError("--rounds must be at least 1"); } },
    };

    public static Option<string?> Json() => new("--json") { Description = "Also write the result to this file.", HelpName = "file" };

    /// <summary>Prints the result and, where asked for, writes it.</summary>
    public static int Tell(CliContext context, BenchResult result, string? json)
    {
        foreach (var line in result.Lines())
            context.Out.WriteLine(line);
        if (result.PyTorch is null)
            context.Out.WriteLine(PythonBaseline.HowToInstall);
        if (json is not null)
            File.WriteAllText(json, JsonSerializer.Serialize(result, EvalFolder.Json) + "\n");
        return ExitCode.Done;
    }
}
