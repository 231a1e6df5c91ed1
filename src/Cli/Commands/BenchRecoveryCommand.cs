using System.CommandLine;
using PairUni.Cli.Bench;
using PairUni.Cli.Chaos;
using PairUni.Cli.Training;

namespace PairUni.Cli.Commands;

/// <summary>pairuni bench recovery: how long the work of a worker that is gone lies, and how soon a new one delivers.</summary>
internal static class BenchRecoveryCommand
{
    private static readonly Option<int> Times = new("--times") { Description = "Workers taken away.", DefaultValueFactory = _ => 30, Validators = { r => { if (r.GetValueOrDefault<int>() < 1) r.AddError("--times must be at least 1"); } } };
    private static readonly Option<bool> Stop = new("--stop") { Description = "Stop them (SIGSTOP) instead of killing them." };
    private static readonly Option<bool> Tuned = new("--tuned") { Description = "Silos that notice each other's death in seconds." };
    private static readonly Option<double> Lease = new("--lease") { Description = "The run's rollout.lease_seconds.", HelpName = "seconds", DefaultValueFactory = _ => new Contracts.Options.RolloutOptions().LeaseSeconds };
    private static readonly Option<string?> Folder = new("--folder") { Description = "Where logs and the journal are kept; a temporary folder, deleted if all went well, without it." };

    public static Command Create(CliContext context)
    {
        var command = new CliCommand("recovery", "Take rollout workers of a cluster on this machine away in the middle of a group and measure how long until another delivers it.")
        {
            Examples = ["bench recovery", "bench recovery --tuned --lease 2", "bench recovery --stop"],
        };
        foreach (var option in new Option[] { Times, Stop, Tuned, Lease, Folder }) command.Options.Add(option);
        command.SetAction(parsed => UntilStopped.Run(cancellationToken => Run(context, parsed, cancellationToken)));
        return command;
    }

    private static async Task<int> Run(CliContext context, ParseResult parsed, CancellationToken cancellationToken)
    {
        var kept = parsed.GetValue(Folder);
        var folder = kept is null ? Directory.CreateTempSubdirectory("pairuni-recovery-").FullName : Directory.CreateDirectory(kept).FullName;
        var options = new RecoveryBenchOptions
        {
            Signal = parsed.GetValue(Stop) ? ProcessSignal.Stop : ProcessSignal.Kill,
            Times = parsed.GetValue(Times),
            Tuned = parsed.GetValue(Tuned),
            Lease = TimeSpan.FromSeconds(parsed.GetValue(Lease)),
        };
        var place = new ChaosPlace(folder);
        var result = await new RecoveryBench(options, place, new(place.Events, context.Out, context.Time), context.Time).Run(cancellationToken);
        foreach (var line in result.Lines()) context.Out.WriteLine(line);
        if (kept is null) Directory.Delete(folder, recursive: true);
        return ExitCode.Done;
    }
}
