using System.CommandLine;
using System.Globalization;
using PairUni.Cli.Output;
using PairUni.Data.PairUg;

namespace PairUni.Cli.Commands;

/// <summary>pairuni data check: looks through a PairUG file and every image it names.</summary>
internal static class DataCheckCommand
{
    public static Command Create(CliContext context)
    {
        var file = new Argument<string>("file") { Description = "PairUG JSONL file; image paths in it are relative to its folder." };
        var command = new CliCommand("check", "Check a PairUG file: every line, field, similarity and image.") { Examples = ["data check my/pairs.jsonl"] };
        command.Arguments.Add(file);
        command.SetAction(parsed => Run(context, parsed.GetRequiredValue(file)));
        return command;
    }

    private static int Run(CliContext context, string file)
    {
        var report = PairUgFile.Check(file);
        ProblemList.Tell(context, report.Problems);
        context.Out.WriteLine($"{report.Path}: {report.Pairs} sound pairs, {report.Aligned} aligned and {report.Retrieved} retrieved, {report.Images} images, {report.Problems.Count} problems");
        if (report.Retrieved > 0)
            context.Out.WriteLine(string.Create(CultureInfo.InvariantCulture, $"similarity of retrieved pairs: {report.MinSimilarity:0.000} to {report.MaxSimilarity:0.000}, mean {report.MeanSimilarity:0.000}"));
        Tags(context, "generate", report.GenerateTags);
        Tags(context, "understand", report.UnderstandTags);
        return report.Sound ? ExitCode.Done : ExitCode.Usage;
    }

    private static void Tags(CliContext context, string task, IReadOnlyDictionary<string, int> tags)
    {
        if (tags.Count > 0)
            context.Out.WriteLine($"{task}: {string.Join(", ", tags.OrderByDescending(t => t.Value).ThenBy(t => t.Key, StringComparer.Ordinal).Select(t => $"{(t.Key.Length > 0 ? t.Key : "(no tag)")} {t.Value}"))}");
    }
}
