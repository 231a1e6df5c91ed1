using System.CommandLine;
using System.Globalization;
using PairUni.Cli.Models;
using PairUni.Modeling.Hps;
using PairUni.Modeling.Janus;
using PairUni.Modeling.Janus.Folders;

namespace PairUni.Cli.Commands;

/// <summary>pairuni model check: loads a folder and runs one step of each path through it.</summary>
internal static class ModelCheckCommand
{
    public static Command Create(CliContext context)
    {
        var (folder, dtype, device) = (ModelCommand.Folder(), StoredDtypeFlag.Create(), new ModelFlags().Device);
        var command = new CliCommand("check", "Load a model, look at every weight, and run one step of each path.") { Examples = ["model check assets/janus-nano", "model check janus-pro-1b --dtype float32"] };
        command.Arguments.Add(folder);
        command.Options.Add(dtype);
        command.Options.Add(device);
        command.SetAction(parsed =>
        {
            var path = BuiltInFiles.Find(parsed.GetRequiredValue(folder));
            return HpsDescription.IsOne(path)
                ? Hps(context, path, parsed.GetRequiredValue(dtype), ModelFlags.ParseDevice(parsed.GetRequiredValue(device), "--device"))
                : Janus(context, path, parsed.GetRequiredValue(dtype), ModelFlags.ParseDevice(parsed.GetRequiredValue(device), "--device"));
        });
        return command;
    }

    private static int Janus(CliContext context, string folder, string dtype, TorchSharp.torch.Device device)
    {
        var steps = new Steps(context);
        using var policy = steps.Take(() => JanusPolicy.Load(folder, device, StoredDtypeFlag.Of(dtype, folder)), model => $"loaded in {model.Model.Dtype.ToString().ToLowerInvariant()}");
        steps.Take(() => JanusCheck.Weights(policy), count => $"{JanusDescription.Count(count)} weights, all finite");
        steps.Take(() => JanusCheck.Understanding(policy), token => $"understanding: an image and a question to the first token, \"{token.ReplaceLineEndings(" ")}\"");
        steps.Take(() => JanusCheck.Generation(policy), difference => string.Create(CultureInfo.InvariantCulture,
            $"generation: two image tokens, cached and in one pass; log-probabilities differ by at most {difference:0.0e0}"));
        steps.Take(() => JanusCheck.Pixels(policy), side => $"image codes: decoded to {side} x {side} pixels and encoded again");
        context.Out.WriteLine($"{folder} is sound");
        return ExitCode.Done;
    }

    private static int Hps(CliContext context, string folder, string dtype, TorchSharp.torch.Device device)
    {
        var steps = new Steps(context);
        var files = HpsFiles.Find(folder);
        var type = StoredDtypeFlag.Of(dtype, () => HpsDescription.StoredType(files));
        steps.Take(() => HpsDescription.Check(files), count => $"{JanusDescription.Count(count)} weights of HPSv2, all finite, each of the shape it should have");
        using var scorer = steps.Take(() => HpsScorer.Load(files.Weights, new() { Device = device, Weights = type }), _ => $"loaded in {type.ToString().ToLowerInvariant()}");
        steps.Take(() => HpsDescription.Score(scorer), score => string.Create(CultureInfo.InvariantCulture, $"scoring: an image of one colour and a prompt, {score:0.00000}"));
        context.Out.WriteLine($"{folder} is sound");
        return ExitCode.Done;
    }

    /// <summary>Prints each step with the time it took.</summary>
    private sealed class Steps(CliContext context)
    {
        public T Take<T>(Func<T> step, Func<T, string> tell)
        {
            var start = context.Time.GetTimestamp();
            var result = step();
            context.Out.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{context.Time.GetElapsedTime(start).TotalSeconds,7:0.00} s  {tell(result)}"));
            return result;
        }
    }
}
