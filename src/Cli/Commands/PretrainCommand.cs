using System.CommandLine;
using PairUni.Cli.Models;
using PairUni.Cli.Output;
using PairUni.Cli.Pretraining;
using PairUni.Cli.Report;
using PairUni.Cli.Training;
using PairUni.Contracts;
using PairUni.Data.Shapes;
using PairUni.Learner.Pretraining;
using PairUni.Modeling.Devices;
using PairUni.Modeling.Janus;
using TorchSharp;

namespace PairUni.Cli.Commands;

/// <summary>pairuni pretrain: makes janus-nano from nothing but the shapes world: tokenizers first, then both tasks at once.</summary>
internal static class PretrainCommand
{
    private const int CeilingPromptsPerTag = 60;
    private static readonly Option<string> Out = new("--out") { Description = "Folder for the model, a complete Janus folder.", HelpName = "folder", Required = true };
    private static readonly Option<string?> From = new("--from") { Description = "Keep the image tokenizer of this model and only train the rest.", HelpName = "folder" };
    private static readonly Option<int> VqSteps = SampleFlags.Count("--vq-steps", new VqTrainerSettings().Steps, "Updates of the image tokenizer");
    private static readonly Option<int> JointSteps = SampleFlags.Count("--joint-steps", new JointTrainerSettings().Steps, "Updates on captions and questions");
    private static readonly Option<int> Threads = SampleFlags.Count("--threads", Environment.ProcessorCount, "Threads");
    private static readonly Option<long> Seed = SampleFlags.Seed();

    public static Command Create(CliContext context)
    {
        var command = new CliCommand("pretrain", "Make the nano model from the shapes world alone.")
        {
            Examples = ["pretrain --out models/nano", "pretrain --out models/nano-2 --from models/nano --joint-steps 500"],
        };
        foreach (var option in new Option[] { Out, From, VqSteps, JointSteps, Threads, Seed })
            command.Options.Add(option);
        command.SetAction(parsed => Run(context, parsed));
        return command;
    }

    private static async Task<int> Run(CliContext context, ParseResult parsed)
    {
        var folder = parsed.GetRequiredValue(Out);
        if (File.Exists(Path.Combine(folder, JanusConfig.FileName)))
            throw new UserErrorException($"{folder} holds a model already; name another --out");
        using var signals = new StopSignals();
        using var stop = new CancellationTokenSource();
        _ = signals.Requested.ContinueWith(_ => stop.Cancel(), TaskScheduler.Default);
        await using var loop = new DeviceLoop("pretraining", torch.device("cpu"), parsed.GetValue(Threads));
        var console = new RunConsole(context);
        using var policy = await loop.Run(() => parsed.GetValue(From) is { } from ? JanusPolicy.Load(BuiltInFiles.Find(from)) : NanoModel.Create(folder, parsed.GetValue(Seed)));
        if (parsed.GetValue(From) is null)
            await TrainTokenizer(parsed, policy, loop, console, stop.Token);
        var ceiling = await loop.Run(() => TokenizerCeiling.Measure(policy, (ulong)parsed.GetValue(Seed), CeilingPromptsPerTag));
        console.Line($"true images that still pass the judge after the image tokenizer: {Html.Percent(ceiling)}");
        await TrainBoth(parsed, policy, loop, console, stop.Token);
        await loop.Run(() => policy.Save(folder));
        console.Line(folder);
        return ExitCode.Done;
    }

    private static Task<bool> TrainTokenizer(ParseResult parsed, JanusPolicy policy, DeviceLoop loop, RunConsole console, CancellationToken stop)
    {
        var settings = new VqTrainerSettings { Steps = parsed.GetValue(VqSteps), Seed = (ulong)parsed.GetValue(Seed) };
        var examples = new ShapeExamples(settings.Seed);
        return Stage(parsed, "vq", settings.Steps, $"image tokenizer, {settings.Steps} updates of {settings.Batch} images", loop, console,
            report => new VqTrainer(policy.Model.gen_vision_model, settings).Train(i => examples.Any(i).Image, Palette.Background.Red, report, stop));
    }

    private static Task<bool> TrainBoth(ParseResult parsed, JanusPolicy policy, DeviceLoop loop, RunConsole console, CancellationToken stop)
    {
        var settings = new JointTrainerSettings { Steps = parsed.GetValue(JointSteps), Seed = (ulong)parsed.GetValue(Seed) };
        return Stage(parsed, "joint", settings.Steps, $"both tasks, {settings.Steps} updates of {settings.Drawings} captions and {settings.Questions} questions", loop, console,
            report => new JointTrainer(policy, new ShapesPretrainingData(settings.Seed), settings).Train(report, stop));
    }

    private static Task<bool> Stage(
        ParseResult parsed, string stage, int steps, string detail, DeviceLoop loop, RunConsole console, Action<Action<PretrainingProgress>> train)
    {
        var folder = parsed.GetRequiredValue(Out);
        Directory.CreateDirectory(folder);
        return console.Progress(stage, detail, steps, async done =>
        {
            var log = new PretrainingLog(Path.Combine(folder, $"pretrain-{stage}.jsonl"), stage, console, done);
            try
            {
                await loop.Run(() => train(log.Report), CancellationToken.None);
                return true;
            }
            finally
            {
                log.Close();
            }
        });
    }
}
