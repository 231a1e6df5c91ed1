using System.CommandLine;
using PairUni.Cli.Config;
using PairUni.Cli.Models;
using PairUni.Cli.Training;
using PairUni.Contracts;
using PairUni.Data.PairUg;
using PairUni.Modeling.Janus;
using PairUni.Silo;

namespace PairUni.Cli.Commands;

/// <summary>pairuni train: a whole run, from the settings to the report.</summary>
internal static class TrainCommand
{
    private static readonly Argument<string?> Config = new("config") { Description = "YAML file of settings (docs/configuration.md); the built-in defaults without one.", Arity = ArgumentArity.ZeroOrOne };
    private static readonly Option<string[]> Set = new("--set") { Description = "Change one setting: --set learner.lr=1e-5. May be repeated; lists as [a, b].", HelpName = "key=value" };
    private static readonly Option<string?> Name = new("--name") { Description = "Name of the run and its folder; the config's name, or the next free one after it, without it." };
    private static readonly Option<bool> Resume = new("--resume") { Description = "Go on from the run's last checkpoint, with its own settings unless others are given." };
    private static readonly Option<bool> Overwrite = new("--overwrite") { Description = "Delete the run of that name and begin again." };
    private static readonly Option<bool> DryRun = new("--dry-run") { Description = "Check settings, data and model, print the settings and stop." };

    public static Command Create(CliContext context)
    {
        var command = new CliCommand("train", "Train a model on pairs, measure it before and after, and write a report.")
        {
            Examples =
            [
                "train",
                "train configs/smoke.yaml",
                "train --set learner.lr=1e-5 --set run.seed=2 --name slow",
                "train --name slow --resume",
            ],
        };
        command.Arguments.Add(Config);
        foreach (var option in new Option[] { Set, Name, Resume, Overwrite, DryRun })
            command.Options.Add(option);
        command.SetAction(parsed => Run(context, parsed));
        return command;
    }

    private static async Task<int> Run(CliContext context, ParseResult parsed)
    {
        var settings = RunSettings.Resolve(parsed.GetValue(Config), parsed.GetValue(Set) ?? [], parsed.GetValue(Name), Mode(parsed), context.Environment);
        var options = settings.Options;
        var device = ModelFlags.ParseDevice(options.Model.Device, "model.device");
        if (parsed.GetValue(DryRun))
        {
            if (options.Data.Path is { } pairs)
                PairUgFile.Read(pairs);
            RewardModels.Check(options);
            JanusPolicy.Load(options.Model.Path, device, DtypeFlag.Parse(options.Model.Dtype)).Dispose();
            context.Out.Write(ResolvedConfig.Write(options));
            return ExitCode.Done;
        }

        using var folder = RunFolder.Open(options.Run.Out, options.Run.Name, settings.Mode);
        foreach (var change in settings.Changes)
            context.Out.WriteLine(change);
        try
        {
            return await new TrainingFlow(context, options, folder, Words(parsed)).Run();
        }
        catch (Exception) when (settings.Mode == RunFolderMode.New && !HasTrained(folder))
        {
            // It failed before it began: the name is free again once the mistake is mended.
            folder.Dispose();
            Directory.Delete(folder.Path, recursive: true);
            throw;
        }
    }

    private static bool HasTrained(RunFolder folder) => File.Exists(folder.MetricsFile) && new FileInfo(folder.MetricsFile).Length > 0;

    private static RunFolderMode Mode(ParseResult parsed) => (parsed.GetValue(Resume), parsed.GetValue(Overwrite)) switch
    {
        (true, true) => throw new UserErrorException("--resume and --overwrite exclude each other; give one of them"),
        (true, false) => RunFolderMode.Resume,
        (false, true) => RunFolderMode.Overwrite,
        _ => RunFolderMode.New,
    };

    private static string Words(ParseResult parsed) =>
        "pairuni " + string.Join(' ', parsed.Tokens.Select(t => t.Value.All(c => char.IsLetterOrDigit(c) || "-_./=:".Contains(c)) ? t.Value : $"'{t.Value.Replace("'", "'\\''", StringComparison.Ordinal)}'"));
}
