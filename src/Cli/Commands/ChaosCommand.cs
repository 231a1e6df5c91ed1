using System.CommandLine;
using System.Globalization;
using PairUni.Cli.Chaos;
using PairUni.Cli.Training;

namespace PairUni.Cli.Commands;

/// <summary>pairuni chaos: a real run on a cluster of this machine under seeded faults, and whether it held.</summary>
internal static class ChaosCommand
{
    private const string DefaultFleet = "learner+reward,learner+reward,rollout+reward,rollout,rollout";
    private static readonly Option<int> Seed = new("--seed") { Description = "What happens when follows from it.", DefaultValueFactory = _ => 1 };
    private static readonly Option<int> Seeds = new("--seeds") { Description = "Runs, one after the other, with seeds that count up from --seed.", DefaultValueFactory = _ => 1 };
    private static readonly Option<double> Minutes = new("--minutes") { Description = "How long faults go on in each run.", DefaultValueFactory = _ => 2, Validators = { r => { if (r.GetValueOrDefault<double>() < 0.25) r.AddError("--minutes must be at least 0.25"); } } };
    private static readonly Option<string> Silos = new("--silos") { Description = "The silos, with commas between them, and the roles of each.", DefaultValueFactory = _ => DefaultFleet };
    private static readonly Option<int?> Steps = new("--steps") { Description = "Steps of the run; without it the run goes on until the faults are over." };
    private static readonly Option<int> MaxLag = new("--max-lag") { Description = "The run's rollout.max_lag; above 0 metrics are not compared.", DefaultValueFactory = _ => 0 };
    private static readonly Option<string?> Folder = new("--folder") { Description = "Where logs, journals and Redis' data are kept; a temporary folder, deleted if all went well, without it." };

    public static Command Create(CliContext context)
    {
        var command = new CliCommand("chaos", "Disturb a run on a cluster of this machine (kill, stop, cut, fill) and prove that nothing was lost or trained twice.")
        {
            Examples = ["chaos --seed 1 --minutes 2", "chaos --seed 1 --seeds 20 --minutes 2", "chaos --silos learner+reward+rollout,learner+reward+rollout --minutes 0.5"],
        };
        foreach (var option in new Option[] { Seed, Seeds, Minutes, Silos, Steps, MaxLag, Folder }) command.Options.Add(option);
        command.SetAction(parsed => UntilStopped.Run(cancellationToken => Run(context, parsed, cancellationToken)));
        return command;
    }

    private static async Task<int> Run(CliContext context, ParseResult parsed, CancellationToken cancellationToken)
    {
        var kept = parsed.GetValue(Folder);
        var folder = kept is null ? Directory.CreateTempSubdirectory("pairuni-chaos-").FullName : Directory.CreateDirectory(kept).FullName;
        var undisturbed = new UndisturbedRun(new(Path.Combine(folder, "undisturbed")), parsed.GetValue(MaxLag));
        var results = new List<ChaosResult>();
        for (var i = 0; i < parsed.GetValue(Seeds); i++)
        {
            var result = await One(context, parsed, parsed.GetValue(Seed) + i, folder, undisturbed, cancellationToken);
            results.Add(result);
            foreach (var line in ChaosTable.Faults(result.Faults, result.Timeline)) context.Out.WriteLine(line);
            context.Out.WriteLine(ChaosTable.Sum(result));
        }

        if (results.Count > 1)
        {
            foreach (var line in ChaosTable.Seeds(results)) context.Out.WriteLine(line);
        }

        var held = results.All(r => r.Findings.Count == 0);
        if (held && kept is null) Directory.Delete(folder, recursive: true);
        else context.Out.WriteLine($"logs, journals and what happened when: {folder}");
        return held ? ExitCode.Done : ExitCode.Failed;
    }

    private static Task<ChaosResult> One(
        CliContext context, ParseResult parsed, int seed, string folder, UndisturbedRun undisturbed, CancellationToken cancellationToken)
    {
        var place = new ChaosPlace(Directory.CreateDirectory(Path.Combine(folder, string.Create(CultureInfo.InvariantCulture, $"seed-{seed}"))).FullName);
        var options = new ChaosOptions
        {
            Seed = seed,
            Length = TimeSpan.FromMinutes(parsed.GetValue(Minutes)),
            Fleet = FleetPlan.Parse(parsed.GetValue(Silos)!),
            Steps = parsed.GetValue(Steps),
            MaxLag = parsed.GetValue(MaxLag),
        };
        return new ChaosRun(options, place, undisturbed, new(place.Events, context.Out, context.Time), context.Time).Run(cancellationToken);
    }
}
