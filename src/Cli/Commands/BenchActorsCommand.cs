using System.CommandLine;
using System.Text.Json;
using PairUni.Cli.Bench.Actors;
using PairUni.Cli.RunFiles;

namespace PairUni.Cli.Commands;

/// <summary>pairuni bench actors: calls between silos and the discovery of dead ones, beside the figures of Orleans.</summary>
internal static class BenchActorsCommand
{
    public static Command Create(CliContext context)
    {
        var (calls, callers, json) = (Calls(), Callers(), BenchCommand.Json());
        var seconds = Seconds();
        var command = new CliCommand("actors", "Measure calls between two silos and how soon a killed one is found dead, beside the figures of Orleans.") { Examples = ["bench actors"] };
        foreach (var option in new Option[] { calls, callers, seconds, json })
            command.Options.Add(option);
        command.SetAction(async parsed =>
        {
            var result = await ActorsBench.Run(
                parsed.GetValue(calls),
                parsed.GetValue(callers),
                parsed.GetValue(seconds),
                FormattableString.Invariant($"pairuni bench actors --calls {parsed.GetValue(calls)} --callers {parsed.GetValue(callers)} --seconds {parsed.GetValue(seconds)}"));
            foreach (var line in result.Lines())
                context.Out.WriteLine(line);
            if (parsed.GetValue(json) is { } file)
                File.WriteAllText(file, JsonSerializer.Serialize(result, EvalFolder.Json) + "\n");
            return ExitCode.Done;
        });
        return command;
    }

    public static Option<int> Calls() => AtLeast("--calls", 20_000, 0, "Calls of the single caller that are timed.");

    public static Option<int> Callers() => AtLeast("--callers", 64, 1, "Callers at once where the rate is measured.");

    public static Option<double> Seconds() => new("--seconds")
    {
        Description = "Length of each of the three rounds of that.",
        HelpName = "s",
        DefaultValueFactory = _ => 3,
        Validators = { r => { if (r.GetValueOrDefault<double>() <= 0) r.AddError("--seconds must be above 0"); } },
    };

    private static Option<int> AtLeast(string name, int usual, int least, string description) => new(name)
    {
        Description = description,
        HelpName = "n",
        DefaultValueFactory = _ => usual,
        Validators = { r => { if (r.GetValueOrDefault<int>() < least) r.AddError($"{name} must be at least {least}"); } },
    };
}
