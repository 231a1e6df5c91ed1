using System.CommandLine;
using PairUni.Cli.Report;

namespace PairUni.Cli.Commands;

/// <summary>pairuni report: makes report.html again from a run's folder.</summary>
internal static class ReportCommand
{
    public static Command Create(CliContext context)
    {
        var run = new Argument<string>("run") { Description = "The run's folder, such as runs/default." };
        var command = new CliCommand("report", "Make report.html again from a run's folder.") { Examples = ["report runs/default"] };
        command.Arguments.Add(run);
        command.SetAction(parsed =>
        {
            context.Out.WriteLine(ReportPage.Write(parsed.GetRequiredValue(run)));
            return ExitCode.Done;
        });
        return command;
    }
}
