using System.CommandLine;
using System.Text.RegularExpressions;
using PairUni.Cli.Models;
using PairUni.Contracts;
using PairUni.Modeling.Sampling;

namespace PairUni.Cli.Commands;

/// <summary>pairuni generate: draws images of a prompt.</summary>
internal static partial class GenerateCommand
{
    private const int GenerateTask = 0;

    public static Command Create(CliContext context)
    {
        var model = new ModelFlags();
        var prompt = new Option<string>("--prompt") { Description = "What to draw.", Required = true, HelpName = "text" };
        var output = new Option<string>("--out") { Description = "Folder for the PNG files.", HelpName = "folder", DefaultValueFactory = _ => "." };
        var (count, seed) = (SampleFlags.Count("--count", 4, "Images", "-n"), SampleFlags.Seed());
        var (cfg, temperature) = (SampleFlags.CfgWeight(), SampleFlags.Temperature(1));
        var command = new CliCommand("generate", "Draw images of a prompt.")
        {
            Examples = ["generate --prompt \"a photo of a red circle\" --out images", "generate --model runs/default/checkpoints/step-000280 --prompt \"a photo of two stars\" -n 8 --seed 3"],
        };
        model.AddTo(command);
        foreach (var option in new Option[] { prompt, output, count, seed, cfg, temperature })
            command.Options.Add(option);
        command.SetAction(parsed =>
        {
            var text = parsed.GetRequiredValue(prompt);
            if (string.IsNullOrWhiteSpace(text))
                throw new UserErrorException("--prompt is empty; say what to draw");
            using var policy = model.Load(parsed);
            var seeds = Enumerable.Range(0, parsed.GetValue(count)).Select(i => SampleSeed.Derive((ulong)parsed.GetValue(seed), 0, 0, GenerateTask, i)).ToArray();
            var samples = ImageSampler.Sample(policy, text, seeds, new() { CfgWeight = parsed.GetValue(cfg), Temperature = parsed.GetValue(temperature) });
            Directory.CreateDirectory(parsed.GetRequiredValue(output));
            foreach (var (index, image) in samples.Images.Index())
            {
                var path = Path.Combine(parsed.GetRequiredValue(output), $"{Slug(text)}-seed{parsed.GetValue(seed)}-{index}.png");
                image.Save(path);
                context.Out.WriteLine(path);
            }

            return ExitCode.Done;
        });
        return command;
    }

    /// <summary>A prompt as part of a file name: "a photo of 2 stars!" is a-photo-of-2-stars.</summary>
    public static string Slug(string prompt)
    {
        var words = Other().Replace(prompt.ToLowerInvariant(), "-").Trim('-');
        return words.Length == 0 ? "image" : words[..Math.Min(60, words.Length)].Trim('-');
    }

    [GeneratedRegex("[^a-z0-9]+")]
    private static partial Regex Other();
}
