using System.CommandLine;
using PairUni.Cli.Models;
using PairUni.Contracts;
using PairUni.Modeling.Files;
using PairUni.Modeling.Hps;
using PairUni.Modeling.Janus.Folders;
using PairUni.Modeling.Text;
using TorchSharp;

namespace PairUni.Cli.Commands;

/// <summary>pairuni model make: random weights in any known size, for rehearsals and benchmarks without the real files.</summary>
internal static class ModelMakeCommand
{
    private const string Tiny = "tiny";
    private const string Pro1B = "janus-pro-1b";
    private const string Pro7B = "janus-pro-7b";
    private const string Hps = "hps-vit-h-14";

    public static Command Create(CliContext context)
    {
        var preset = new Option<string>("--preset") { Description = "Whose sizes: janus-pro-1b, janus-pro-7b, hps-vit-h-14 or tiny.", Required = true }.OneOf(Pro1B, Pro7B, Hps, Tiny);
        var random = new Option<bool>("--random") { Description = "Draw the weights; there is no other source yet, so this must be said." };
        var seed = SampleFlags.Seed();
        var output = new Option<string>("--out") { Description = "Folder to make.", Required = true, HelpName = "folder" };
        var command = new CliCommand("make", "Make a model of random weights in bfloat16, for benchmarks and rehearsals.")
        {
            Examples = ["model make --preset tiny --random --seed 1 --out models/tiny", "model make --preset janus-pro-1b --random --seed 1 --out models/random-1b"],
        };
        foreach (var option in new Option[] { preset, random, seed, output })
            command.Options.Add(option);
        command.SetAction(parsed =>
        {
            if (!parsed.GetValue(random))
                throw new UserErrorException("model make only knows random weights; add --random to say that you want them");
            var folder = parsed.GetRequiredValue(output);
            if (Directory.Exists(folder) && Directory.EnumerateFileSystemEntries(folder).Any())
                throw new UserErrorException($"--out {folder} is not empty; choose a new folder");
            Make(parsed.GetRequiredValue(preset), folder, parsed.GetValue(seed));
            context.Out.WriteLine($"made {folder}; pairuni model describe {folder} shows what it is");
            return ExitCode.Done;
        });
        return command;
    }

    private static void Make(string preset, string folder, long seed)
    {
        if (preset == Hps)
        {
            Directory.CreateDirectory(folder);
            HpsShapes.WriteConfig(folder);
            ClipVocabularyFile.WriteMadeUp(folder);
            RandomWeights.Write(Path.Combine(folder, CheckpointFolder.FileName), HpsShapes.Of(new HpsConfig()), [], torch.ScalarType.BFloat16, seed, HpsShapes.Fill);
            return;
        }

        // The small built-in tokenizer fills the first ids; the rest of a large model's table has no tokens.
        var tokenizer = JanusTokenizer.Load(BuiltInFiles.Find(BuiltInFiles.Model));
        var config = preset switch { Pro1B => JanusPreset.Pro1B, Pro7B => JanusPreset.Pro7B, _ => JanusPreset.Tiny(tokenizer.VocabSize) };
        JanusFolder.WriteRandom(folder, config, tokenizer, seed);
    }
}
