using System.CommandLine;
using System.Globalization;
using System.Text.Json;
using PairUni.Cli.Bench;
using PairUni.Cli.Models;
using PairUni.Cli.RunFiles;

namespace PairUni.Cli.Commands;

/// <summary>pairuni bench sparse: what versions of real runs take as sparse updates.</summary>
internal static class BenchSparseCommand
{
    public static Command Create(CliContext context)
    {
        var rate = new Option<double>("--lr")
        {
            Description = "Learning rate of the runs.",
            HelpName = "rate",
            DefaultValueFactory = _ => 1e-6,
            Validators = { r => { if (r.GetValueOrDefault<double>() is not (> 0 and <= 1)) r.AddError("--lr must be above 0 and at most 1"); } },
        };
        var (model, steps, json) = (new ModelFlags().Model, SampleFlags.Count("--steps", 20, "Training steps of each run"), BenchCommand.Json());
        var command = new CliCommand("sparse", "Train on the shapes world in three pairs of types and measure what each new version takes as a sparse update.") { Examples = ["bench sparse", "bench sparse --lr 1e-5 --steps 50"] };
        foreach (var option in new Option[] { model, steps, rate, json })
            command.Options.Add(option);
        command.SetAction(async parsed =>
        {
            var rows = await SparseBench.Run(parsed.GetRequiredValue(model), parsed.GetValue(steps), parsed.GetValue(rate), context.Time);
            context.Out.WriteLine(Format($"{parsed.GetRequiredValue(model)}, {parsed.GetValue(steps)} steps at learning rate {parsed.GetValue(rate)}; bytes of a new version for a worker that holds the last one"));
            context.Out.WriteLine("learner    workers     whole version   sparse update   of the whole   worst   elements changed   bit for bit");
            foreach (var row in rows)
            {
                var mean = row.Steps.Average(s => s.SparseBytes);
                context.Out.WriteLine(Format($"{row.Learner,-10} {row.Workers,-10} {row.Steps[0].FullBytes,14:N0} {mean,15:N0} {100 * row.Share,13:0.00}% {100 * row.Worst,6:0.00}% {100 * row.Changed,17:0.00}%   {(row.Exact ? "yes" : "NO")}"));
            }

            context.Out.WriteLine(Format($"hardware {EnvironmentFile.Hardware()}; target in bfloat16 at 1e-6: at most 10%; pairuni bench sparse --model {parsed.GetRequiredValue(model)} --steps {parsed.GetValue(steps)} --lr {parsed.GetValue(rate)}"));
            if (parsed.GetValue(json) is { } file)
                File.WriteAllText(file, JsonSerializer.Serialize(rows, EvalFolder.Json) + "\n");
            return rows.All(row => row.Exact) ? ExitCode.Done : ExitCode.Failed;
        });
        return command;
    }

    private static string Format(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
