using System.CommandLine;
using PairUni.Cli.Models;
using PairUni.Cli.Output;
using PairUni.Cli.Pretraining;
using PairUni.Cli.Report;
using PairUni.Cli.Training;
using PairUni.Contracts;
using PairUni.Learner.Pretraining;
using PairUni.Modeling.Devices;
using PairUni.Modeling.Janus;
using TorchSharp;

namespace PairUni.Cli.Commands;

/// <summary>pairuni pretrain: makes janus-nano from nothing but the shapes world: text tokenizer, image tokenizer, then both tasks at once.</summary>
internal static class PretrainCommand
{
    private const int CeilingPerTag = 60;

    public static Command Create(CliContext context)
    {
        var usual = new NanoSettings();
        var output = new Option<string>("--out") { Description = "Folder for the model, a complete Janus folder.", HelpName = "folder", Required = true };
        var work = new Option<string?>("--work") { Description = "Folder that keeps finished stages and the logs, so that a stopped run goes on; OUT.work without it.", HelpName = "folder" };
        var plain = SampleFlags.Count("--vq-plain-steps", usual.Vq.PlainSteps, "Updates of the image tokenizer before it has a codebook");
        var codes = SampleFlags.Count("--vq-code-steps", usual.Vq.CodeSteps, "Updates of the image tokenizer with its codebook");
        var joint = SampleFlags.Count("--joint-percent", 100, "Percentage of the usual updates on captions and questions that is made");
        var threads = SampleFlags.Count("--threads", Environment.ProcessorCount, "Threads");
        var seed = SampleFlags.Seed();
        var command = new CliCommand("pretrain", "Make the nano model from the shapes world alone.")
        {
            Examples = ["pretrain --out models/nano", "pretrain --out models/quick --vq-plain-steps 70 --vq-code-steps 130 --joint-percent 10"],
        };
        foreach (var option in new Option[] { output, work, plain, codes, joint, threads, seed })
            command.Options.Add(option);
        command.SetAction(parsed => Run(
            context,
            parsed.GetRequiredValue(output),
            parsed.GetValue(work) ?? parsed.GetRequiredValue(output).TrimEnd('/') + ".work",
            parsed.GetValue(threads),
            usual with
            {
                Seed = (ulong)parsed.GetValue(seed),
                Vq = usual.Vq with { PlainSteps = parsed.GetValue(plain), CodeSteps = parsed.GetValue(codes), Seed = (ulong)parsed.GetValue(seed) },
                Joint = usual.Joint.Scaled(parsed.GetValue(joint) / 100.0) with { Seed = (ulong)parsed.GetValue(seed) },
            }));
        return command;
    }

    private static async Task<int> Run(CliContext context, string folder, string work, int threads, NanoSettings settings)
    {
        if (File.Exists(Path.Combine(folder, JanusConfig.FileName)))
            throw new UserErrorException($"{folder} holds a model already; name another --out");
        Directory.CreateDirectory(work);
        using var signals = new StopSignals();
        using var stop = new CancellationTokenSource();
        _ = signals.Requested.ContinueWith(_ => stop.Cancel(), TaskScheduler.Default);
        var console = new RunConsole(context);
        using var log = new PretrainingLog(work, console);
        await using var loop = new DeviceLoop("pretraining", torch.device("cpu"), threads);
        console.Line($"finished stages and logs in {work}");
        await loop.Run(() => new NanoPretraining(folder, settings).Run(work, log.Report, stop.Token), CancellationToken.None);
        foreach (var (tag, permissive, strict) in await loop.Run(() => Ceiling(folder, settings.Seed)))
            console.Line($"true images that pass the judge after the image tokenizer, {tag}: {Html.Percent(permissive)}, strict {Html.Percent(strict)}");
        console.Line(folder);
        return ExitCode.Done;
    }

    private static IReadOnlyList<(string Tag, double Permissive, double Strict)> Ceiling(string folder, ulong seed)
    {
        using var policy = JanusPolicy.Load(folder);
        return VqCeiling.Of(policy.Model.gen_vision_model, CeilingPerTag, seed);
    }
}
