using System.CommandLine;
using System.Text.Json;
using PairUni.Cli.Bench;
using PairUni.Cli.RunFiles;

namespace PairUni.Cli.Commands;

/// <summary>pairuni bench overlap: how far generation and training hide behind each other when rollouts may run ahead.</summary>
internal static class BenchOverlapCommand
{
    public static Command Create(CliContext context)
    {
        var steps = new Option<int>("--steps") { Description = "Steps of each run.", HelpName = "n", DefaultValueFactory = _ => 12 };
        steps.Validators.Add(r => { if (r.GetValueOrDefault<int>() < 2) r.AddError("--steps must be at least 2"); });
        var pairs = new Option<int>("--pairs") { Description = "Pairs of a step: two groups each, for 4 workers.", HelpName = "n", DefaultValueFactory = _ => 8 };
        pairs.Validators.Add(r => { if (r.GetValueOrDefault<int>() < 1) r.AddError("--pairs must be at least 1"); });
        var group = new Option<int>("--group-milliseconds") { Description = "Mean time of generating a group; a step is trained as long as it is generated.", HelpName = "n", DefaultValueFactory = _ => 250 };
        group.Validators.Add(r => { if (r.GetValueOrDefault<int>() < 1) r.AddError("--group-milliseconds must be at least 1"); });
        var json = BenchCommand.Json();
        var command = new CliCommand("overlap", "Measure whole runs with waiting stubs for engines and trainer, in step and one version ahead, beside the ideal.") { Examples = ["bench overlap", "bench overlap --pairs 20 --group-milliseconds 100"] };
        foreach (var option in new Option[] { steps, pairs, group, json })
            command.Options.Add(option);
        command.SetAction(async parsed =>
        {
            var rows = await OverlapBench.Run(parsed.GetValue(steps), parsed.GetValue(pairs), TimeSpan.FromMilliseconds(parsed.GetValue(group)), context.Time);
            context.Out.WriteLine($"hardware  {EnvironmentFile.Hardware()}");
            context.Out.WriteLine("lengths      max_lag      took       ideal     in turns     share  lag at most");
            foreach (var row in rows)
                context.Out.WriteLine(row.Line());
            if (parsed.GetValue(json) is { } file)
                File.WriteAllText(file, JsonSerializer.Serialize(rows, EvalFolder.Json) + "\n");
            return ExitCode.Done;
        });
        return command;
    }
}
