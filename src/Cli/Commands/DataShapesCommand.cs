using System.CommandLine;
using System.Globalization;
using PairUni.Cli.Models;
using PairUni.Data.Shapes;

namespace PairUni.Cli.Commands;

/// <summary>pairuni data shapes: draws the shapes world to disk as ordinary PairUG data.</summary>
internal static class DataShapesCommand
{
    public static Command Create(CliContext context)
    {
        var output = new Option<string>("--out") { Description = "Folder to make the data in.", HelpName = "folder", DefaultValueFactory = _ => "data/shapes" };
        var (pairs, seed) = (SampleFlags.Count("--pairs", 2000, "Training pairs"), SampleFlags.Seed());
        var prompts = SampleFlags.Count("--held-out-prompts", 64, "Held-out prompts of each of the six tags");
        var questions = SampleFlags.Count("--held-out-questions", 600, "Held-out questions");
        var overwrite = new Option<bool>("--overwrite") { Description = "Replace shapes data that is there." };
        var command = new CliCommand("shapes", "Draw the shapes world: PairUG pairs with images, held-out prompts and questions.")
        {
            Examples = ["data shapes --out data/shapes --pairs 500 --seed 7", "train --set data.path=data/shapes/train.jsonl --set data.held_out=data/shapes"],
        };
        foreach (var option in new Option[] { output, pairs, seed, prompts, questions, overwrite })
            command.Options.Add(option);
        command.SetAction(parsed =>
        {
            var report = ShapesDataset.Write(
                parsed.GetRequiredValue(output),
                (ulong)parsed.GetValue(seed),
                parsed.GetValue(pairs),
                new() { HeldOutPromptsPerTag = parsed.GetValue(prompts), HeldOutQuestions = parsed.GetValue(questions) },
                parsed.GetValue(overwrite));
            context.Out.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{report.TrainPath}: {report.Pairs} pairs, {report.Aligned} aligned and {report.Retrieved} retrieved (mean similarity {report.MeanSimilarity:0.000}), {report.Images} images"));
            context.Out.WriteLine($"{report.HeldOutFolder}: {report.HeldOutPrompts} prompts, {report.HeldOutQuestions} questions");
            return ExitCode.Done;
        });
        return command;
    }
}
