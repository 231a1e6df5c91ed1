using System.CommandLine;
using System.Globalization;
using System.Text.Json;
using PairUni.Cli.Bench.Scale;
using PairUni.Cli.RunFiles;
using PairUni.Contracts;

namespace PairUni.Cli.Commands;

/// <summary>pairuni bench scale: how many workers one learner keeps busy, beside the ideal.</summary>
internal static class BenchScaleCommand
{
    private const string Usual = "1,4,16,64";

    public static Command Create(CliContext context)
    {
        var workers = new Option<string>("--workers") { Description = "Numbers of workers of 100 ms a group, one row each.", HelpName = "n,n", DefaultValueFactory = _ => Usual };
        var simulated = new Option<int>("--simulated") { Description = "Workers of a last row with 2 s a group; 0 leaves it out.", HelpName = "n", DefaultValueFactory = _ => 1000 };
        var processes = new Option<int>("--processes") { Description = "Processes that the workers are in.", HelpName = "n", DefaultValueFactory = _ => 4 };
        var (seconds, json) = (new Option<double>("--seconds") { Description = "Time measured for each row.", HelpName = "s", DefaultValueFactory = _ => 10 }, BenchCommand.Json());
        var command = new CliCommand("scale", "Measure how near workers in several processes come to the ideal, with engines that only take time.") { Examples = ["bench scale"] };
        foreach (var option in new Option[] { workers, simulated, processes, seconds, json })
            command.Options.Add(option);
        command.SetAction(async parsed =>
        {
            var rows = Rows(parsed.GetRequiredValue(workers)).Select(n => (n, 0.1)).ToList();
            if (parsed.GetValue(simulated) is > 0 and var many)
                rows.Add((many, 2));
            var line = FormattableString.Invariant($"pairuni bench scale --workers {parsed.GetRequiredValue(workers)} --simulated {parsed.GetValue(simulated)} --processes {parsed.GetValue(processes)} --seconds {parsed.GetValue(seconds)}");
            var result = await ScaleBench.Run(rows, Math.Max(1, parsed.GetValue(processes)), parsed.GetValue(seconds), context.Time, line);
            foreach (var text in result.Lines())
                context.Out.WriteLine(text);
            if (parsed.GetValue(json) is { } file)
                File.WriteAllText(file, JsonSerializer.Serialize(result, EvalFolder.Json) + "\n");
            return ExitCode.Done;
        });
        return command;
    }

    private static IEnumerable<int> Rows(string text) => text.Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries).Select(word =>
        int.TryParse(word, NumberStyles.None, CultureInfo.InvariantCulture, out var n) && n > 0 ? n : throw new UserErrorException($"--workers {text}: write numbers with commas between, such as {Usual}"));
}
