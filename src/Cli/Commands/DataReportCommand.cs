using System.CommandLine;
using PairUni.Cli.Models;
using PairUni.Cli.Report.Pairs;
using PairUni.Data.PairUg;

namespace PairUni.Cli.Commands;

/// <summary>pairuni data report: a page to look at pairs with.</summary>
internal static class DataReportCommand
{
    public static Command Create(CliContext context)
    {
        var file = new Argument<string>("file") { Description = "PairUG JSONL file." };
        var output = new Option<string?>("--out") { Description = "Page to write; beside the file when absent.", HelpName = "file" };
        var shown = SampleFlags.Count("--shown", 1000, "Pairs on the page, taken evenly from the whole file");
        var heldOut = new Option<string?>("--held-out") { Description = DataCheckCommand.HeldOut.Description, HelpName = "path" };
        var command = new CliCommand("report", "Write one page that shows pairs side by side, to sort, filter and page through.")
        {
            Examples = ["data report data/mine/pairs.jsonl"],
        };
        command.Arguments.Add(file);
        foreach (var option in new Option[] { output, shown, heldOut })
            command.Options.Add(option);
        command.SetAction(parsed =>
        {
            var path = parsed.GetRequiredValue(file);
            var report = PairUgFile.Check(path, parsed.GetValue(heldOut) is { } held ? HeldOutSet.Read(held) : null);
            var page = parsed.GetValue(output) ?? Path.ChangeExtension(path, ".html");
            PairsPage.Write(page, path, report, parsed.GetValue(shown));
            context.Out.WriteLine($"{page}: {Math.Min(report.Pairs, parsed.GetValue(shown))} of {report.Pairs} pairs, {report.Problems.Count} problems, {report.NearDuplicates.Count} near-duplicates, {report.Leaks.Count} leaks");
            return report.Sound ? ExitCode.Done : ExitCode.Usage;
        });
        return command;
    }
}
