using System.CommandLine;
using System.Globalization;
using PairUni.Cli.Output;
using PairUni.Data.PairUg;

namespace PairUni.Cli.Commands;

/// <summary>pairuni data check: looks through a PairUG file and every image it names.</summary>
internal static class DataCheckCommand
{
    public static readonly Option<string?> HeldOut = new("--held-out") { Description = "JSON Lines file, or folder with prompts.jsonl and questions.jsonl, whose prompts and images must not be in the data.", HelpName = "path" };

    public static Command Create(CliContext context)
    {
        var file = new Argument<string>("file") { Description = "PairUG JSONL file; image paths in it are relative to its folder." };
        var command = new CliCommand("check", "Check a PairUG file: every line, field, similarity and image.") { Examples = ["data check my/pairs.jsonl", "data check my/pairs.jsonl --held-out my/heldout"] };
        command.Arguments.Add(file);
        command.Options.Add(HeldOut);
        command.SetAction(parsed => Run(context, parsed.GetRequiredValue(file), parsed.GetValue(HeldOut)));
        return command;
    }

    private static int Run(CliContext context, string file, string? heldOut)
    {
        var report = PairUgFile.Check(file, heldOut is null ? null : HeldOutSet.Read(heldOut));
        ProblemList.Tell(context, report.Problems);
        ProblemList.Tell(context, report.Leaks);
        context.Out.WriteLine($"{report.Path}: {report.Pairs} sound pairs, {report.Aligned} aligned and {report.Retrieved} retrieved, {report.Images} images, {report.Problems.Count} problems");
        if (report.Retrieved > 0)
            context.Out.WriteLine(string.Create(CultureInfo.InvariantCulture, $"similarity of retrieved pairs: {report.MinSimilarity:0.000} to {report.MaxSimilarity:0.000}, mean {report.MeanSimilarity:0.000}"));
        foreach (var (step, count) in report.Histogram.Index().Where(bin => bin.Item > 0))
            context.Out.WriteLine(string.Create(CultureInfo.InvariantCulture, $"  {step / 20.0:0.00} {count,6} {new string('#', (int)Math.Ceiling(40.0 * count / report.Histogram.Max()))}"));
        if (report.NearDuplicates.Count > 0)
            context.Out.WriteLine($"near-duplicates: {report.NearDuplicates.Count} images, such as {report.NearDuplicates[0].Image} of {report.NearDuplicates[0].First}");
        if (heldOut is not null)
            context.Out.WriteLine($"leaks against held-out data: {report.Leaks.Count}");
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
