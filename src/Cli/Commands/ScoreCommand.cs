using System.CommandLine;
using PairUni.Cli.Models;
using PairUni.Cli.Output;
using PairUni.Cli.Scoring;
using PairUni.Contracts;
using PairUni.Modeling.Hps;
using TorchSharp;

namespace PairUni.Cli.Commands;

/// <summary>pairuni score: how well images please people as pictures of prompts, by HPSv2.1.</summary>
internal static class ScoreCommand
{
    private const string Hps = "hpsv2";

    private static readonly Option<string> Reward = new Option<string>("--reward") { Description = "Which reward model: hpsv2.", DefaultValueFactory = _ => Hps }.OneOf(Hps);
    private static readonly Option<string> Model = new("--checkpoint", "--model") { Description = $"{HpsFiles.WeightsName}, or the folder with it and its vocabulary (docs/rewards.md).", Required = true, HelpName = "path" };
    private static readonly Argument<string[]> Images = new("images") { Description = "PNG or JPEG files; each is scored with every prompt.", Arity = ArgumentArity.ZeroOrMore };
    private static readonly Option<string[]> Image = new("--image") { Description = "The same, as an option.", HelpName = "file", AllowMultipleArgumentsPerToken = true };
    private static readonly Option<string[]> Prompt = new("--prompt") { Description = "What the images should show; given again for each further prompt.", HelpName = "text" };
    private static readonly Option<string?> Pairs = new("--pairs") { Description = "JSON Lines of {\"image\": ..., \"prompt\": ...} instead; images relative to the file.", HelpName = "file" };
    private static readonly Option<string?> Vocabulary = new("--vocabulary") { Description = "bpe_simple_vocab_16e6.txt.gz, if it does not lie beside the weights.", HelpName = "path" };
    private static readonly Option<bool> NoAntialias = new("--no-antialias") { Description = "Resize as torchvision before 0.17 did." };
    private static readonly Option<string> Device = new("--device") { Description = "cpu, cuda or cuda:N.", DefaultValueFactory = _ => "cpu" };
    private static readonly Option<string?> Dtype = new("--dtype") { Description = "What the weights are kept in, and on a GPU computed in: float32 (the CPU's default), float16 (a GPU's) or bfloat16.", HelpName = "type" };
    private static readonly Option<int> Batch = SampleFlags.Count("--batch", 16, "Images at once");
    private static readonly Option<string?> Json = new("--json") { Description = "Also write the scores to this file.", HelpName = "file" };

    public static Command Create(CliContext context)
    {
        var command = new CliCommand("score", "Score images against prompts with HPSv2.1.")
        {
            Examples =
            [
                "score --checkpoint hps --prompt \"a photo of a red circle\" a.png b.png",
                "score --checkpoint hps/HPS_v2.1_compressed.pt --pairs pairs.jsonl --json scores.json",
            ],
        };
        command.Arguments.Add(Images);
        foreach (var option in new Option[] { Reward, Model, Image, Prompt, Pairs, Vocabulary, NoAntialias, Device, Dtype, Batch, Json })
            command.Options.Add(option);
        command.SetAction((parsed, cancellation) => Run(context, parsed, cancellation));
        return command;
    }

    private static async Task<int> Run(CliContext context, ParseResult parsed, CancellationToken cancellation)
    {
        var plan = Plan(parsed);
        plan.CheckImages();
        var device = ModelFlags.ParseDevice(parsed.GetRequiredValue(Device), "--device");
        var options = new HpsOptions
        {
            Device = device,
            Weights = Weights(parsed.GetValue(Dtype), device),
            Antialias = !parsed.GetValue(NoAntialias),
            Vocabulary = parsed.GetValue(Vocabulary),
            ImageBatch = parsed.GetValue(Batch),
        };
        var console = new RunConsole(context);
        var path = parsed.GetRequiredValue(Model);
        using var scorer = HpsScorer.Load(path, options);
        var start = context.Time.GetTimestamp();
        var scores = await console.Progress(
            "scoring",
            $"{plan.Images.Count} images with {plan.Prompts.Count} prompts",
            plan.Images.Count,
            done => Task.FromResult(plan.Score(scorer, options.ImageBatch, done, cancellation)));
        var seconds = context.Time.GetElapsedTime(start).TotalSeconds;
        console.Table(ImageScores.Table(scores));
        console.Line($"{scores.Count} scores in {seconds:0.0} s, {seconds / plan.Images.Count:0.00} s an image");
        if (parsed.GetValue(Json) is { } json)
        {
            ImageScores.Write(json, path, options, scores);
            console.Line(json);
        }

        return ExitCode.Done;
    }

    private static ScorePlan Plan(ParseResult parsed)
    {
        string[] images = [.. parsed.GetValue(Images) ?? [], .. parsed.GetValue(Image) ?? []];
        var prompts = parsed.GetValue(Prompt) ?? [];
        if (parsed.GetValue(Pairs) is not { } pairs)
        {
            return images.Length > 0 && prompts.Length > 0
                ? ScorePlan.OfAll(images, prompts)
                : throw new UserErrorException("score needs images and --prompt, or --pairs");
        }

        return images.Length + prompts.Length == 0
            ? ScorePlan.OfPairs(pairs)
            : throw new UserErrorException("--pairs names images and prompts itself; leave out the images and --prompt, or --pairs");
    }

    private static torch.ScalarType Weights(string? name, torch.Device device) => name switch
    {
        null => device.type == DeviceType.CPU ? torch.ScalarType.Float32 : torch.ScalarType.Float16,
        "float32" => torch.ScalarType.Float32,
        "float16" => torch.ScalarType.Float16,
        "bfloat16" => torch.ScalarType.BFloat16,
        _ => throw new UserErrorException($"--dtype is {name}; it must be float32, float16 or bfloat16"),
    };
}
