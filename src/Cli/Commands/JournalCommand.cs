using System.CommandLine;
using PairUni.Cli.Config;
using PairUni.Contracts.Options;
using PairUni.Silo;

namespace PairUni.Cli.Commands;

/// <summary>pairuni journal check: proves from a run's journal that nothing was lost, trained twice or too old.</summary>
internal static class JournalCommand
{
    public static Command Create(CliContext context) =>
        new CliCommand("journal", "Look into a run's journal.") { Check(context) };

    private static CliCommand Check(CliContext context)
    {
        var run = new Argument<string>("run") { Description = "The run's folder, such as runs/default." };
        var command = new CliCommand("check", "Prove that every planned group was trained once or dropped with a reason, in order and not too old.")
        {
            Examples = ["journal check runs/default"],
        };
        command.Arguments.Add(run);
        command.SetAction(parsed =>
        {
            var folder = parsed.GetRequiredValue(run);
            var config = Path.Combine(folder, "config.resolved.yaml");
            var bounds = File.Exists(config) ? Bounds(ConfigLoader.Load(config, [], [])) : new();
            var report = JournalChecker.Check(Path.Combine(folder, "journal.jsonl"), bounds);
            foreach (var finding in report.Findings)
                context.Error.WriteLine($"pairuni: {finding}");
            context.Out.WriteLine($"{report.Lines} entries: {report.Planned} groups planned, {report.Trained.Count} trained, {report.Dropped} dropped, {report.Open} open; version {report.Version}, at most {report.MaxLag} versions behind; {report.Workers} workers, {report.Departures} departures");
            context.Out.WriteLine($"the learner came up {report.Restores} times; {report.Verified} verifications of weights; {report.Fenced} entries by an older epoch do not count");
            context.Out.WriteLine(report.Findings.Count == 0 ? "every rule holds" : $"{report.Findings.Count} rules broken");
            return report.Findings.Count == 0 ? ExitCode.Done : ExitCode.Failed;
        });
        return command;
    }

    private static JournalBounds Bounds(RunOptions options) =>
        new() { MaxLag = options.Rollout.MaxLag, GroupsPerStep = 2 * options.Learner.PairsPerStep };
}
